import { parseListWish } from '#modules/languages/words/input.ts';
import { listedFor, shelvesOf } from '#modules/languages/words/reading/model.ts';
import { openWords } from '#modules/languages/words/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const wish = parseListWish(url.searchParams);
  const listed = listedFor(await withViewer(locals.viewer, openWords), wish, locals.language);
  return { wish, count: listed.length, cases: shelvesOf(listed, locals.language) };
};
