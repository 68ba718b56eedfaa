import { error } from '@sveltejs/kit';
import { recordAt } from '#modules/publications/records/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) =>
  withViewer(visitor, async (tx) => ({
    record: (await recordAt(tx, params.record)) ?? error(404, 'not found'),
  }));
