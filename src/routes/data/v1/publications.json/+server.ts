import { parseNewsQuestion } from '#modules/publications/reading/input.ts';
import { openEditions } from '#modules/publications/reading/library/queries.server.ts';
import { jsonNews, lastNews, newsOf } from '#modules/publications/reading/news/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { unlessUnchanged } from '#platform/http/unchanged.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, url }) => {
  const asked = parseNewsQuestion(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const { language, since } = asked.value;
  const told = newsOf(await withViewer(visitor, (tx) => openEditions(tx)), since);
  const feed = { origin: url.origin, ...told, since: since?.toISOString() ?? null };
  const body = jsonNews(speaker(language, catalogue), feed);
  return unlessUnchanged(
    request,
    openData(body, 'application/feed+json; charset=utf-8'),
    lastNews(told.news),
  );
};
