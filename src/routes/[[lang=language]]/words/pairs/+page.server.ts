import { pairOf } from '#modules/languages/words/reading/model.ts';
import { openWords } from '#modules/languages/words/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const words = await withViewer(locals.viewer, openWords);
  return { pairs: words.flatMap((word) => pairOf(word, locals.language) ?? []) };
};
