import { error } from '@sveltejs/kit';
import { pairOf } from '#modules/languages/words/reading/model.ts';
import { openWord } from '#modules/languages/words/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const word = await withViewer(locals.viewer, (tx) => openWord(tx, params.pair));
  return { pair: (word && pairOf(word, locals.language)) ?? error(404, 'not found') };
};
