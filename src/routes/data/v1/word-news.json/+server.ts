import { parseFeedLanguage } from '#modules/languages/words/input.ts';
import { jsonNews, lastNews } from '#modules/languages/words/news/model.ts';
import { wordNews } from '#modules/languages/words/news/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { unlessUnchanged } from '#platform/http/unchanged.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, url, locals }) => {
  const language = parseFeedLanguage(url.searchParams);
  if (language === null)
    return wrongParameters([{ name: 'lang', reason: `one of ${languages.join(', ')}; no other parameter` }]);
  const news = await withViewer(locals.viewer, wordNews);
  const told = jsonNews(speaker(language, catalogue), news, url.origin);
  return unlessUnchanged(request, openData(told, 'application/feed+json; charset=utf-8'), lastNews(news));
};
