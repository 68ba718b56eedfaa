import { jsonFeed, updatedAt } from '#modules/initiatives/following/feeds/model.ts';
import { parseNews } from '#modules/initiatives/following/input.ts';
import { feedOf } from '#modules/initiatives/following/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { unlessUnchanged } from '#platform/http/unchanged.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, url, locals }) => {
  const asked = parseNews(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const at = { origin: url.origin, since: url.searchParams.get('since') };
  const feed = await withViewer(locals.viewer, (tx) => feedOf(tx, asked.value, at));
  const told = jsonFeed(speaker(asked.value.language, catalogue), feed);
  return unlessUnchanged(
    request,
    openData(told, 'application/feed+json; charset=utf-8'),
    updatedAt(feed.news),
  );
};
