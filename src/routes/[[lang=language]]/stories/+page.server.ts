import { provinces } from '#modules/places/queries.server.ts';
import { parseStoryWish } from '#modules/stories/finding/input.ts';
import { findStories } from '#modules/stories/finding/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  const wish = parseStoryWish(url.searchParams);
  return withViewer(locals.viewer, async (tx) => ({
    wish,
    provinces: await provinces(tx, locals.language),
    found: await findStories(tx, wish, locals.language),
  }));
};
