import { error } from '@sveltejs/kit';
import { chairsOf } from '#modules/tables/chairs/queries.server.ts';
import { openTable } from '#modules/tables/reading/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  withViewer(visitor, async (tx) => {
    const table = await openTable(tx, params.slug, locals.language, today());
    if (!table) error(404, 'not found');
    return { table, chairs: await chairsOf(tx, table.id, today(), locals.language) };
  });
