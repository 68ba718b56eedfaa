import { openTables } from '#modules/tables/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(visitor, async (tx) => ({ tables: await openTables(tx, locals.language) }));
