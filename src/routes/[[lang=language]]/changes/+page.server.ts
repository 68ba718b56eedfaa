import { readNews } from '#modules/initiatives/following/input.ts';
import { namesOf, newsOf } from '#modules/initiatives/following/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

const most = { latest: 50, after: 200 };

export const load: PageServerLoad = ({ url, locals }) => {
  const { wish, since, errors } = readNews(url.searchParams);
  return withViewer(locals.viewer, async (tx) => ({
    wish,
    asked: since !== null,
    wrong: errors.map(({ name }) => name),
    names: await namesOf(tx, wish, locals.language),
    news: await newsOf(tx, wish, { since, most: since === null ? most.latest : most.after }, locals.language),
  }));
};
