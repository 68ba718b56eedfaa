import { error } from '@sveltejs/kit';
import { readWith } from '#modules/agendas/carrying/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const carried = await withViewer(house, (tx) => readWith(tx, params.word, today()));
  return { carried: carried ?? error(404, 'not found'), today: today() };
};
