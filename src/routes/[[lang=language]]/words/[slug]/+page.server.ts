import { error } from '@sveltejs/kit';
import { headOf } from '#modules/languages/words/model.ts';
import { openWord } from '#modules/languages/words/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const word =
    (await withViewer(locals.viewer, (tx) => openWord(tx, params.slug))) ?? error(404, 'not found');
  return { word, term: headOf(word, locals.language)?.term ?? word.slug };
};
