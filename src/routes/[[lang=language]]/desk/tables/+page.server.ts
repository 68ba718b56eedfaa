import { error } from '@sveltejs/kit';
import { tableGoerOf, tableSetterOf } from '#modules/tables/access.ts';
import { deskTables } from '#modules/tables/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const goer = tableGoerOf(locals.viewer) ?? error(404, 'not found');
  return withViewer(goer, async (tx) => ({
    tables: await deskTables(tx, locals.language),
    sets: tableSetterOf(locals.viewer) !== null,
  }));
};
