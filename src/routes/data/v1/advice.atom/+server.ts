import { parseFeedLanguage } from '#modules/languages/words/input.ts';
import { atomAdvice, lastChange } from '#modules/pools/following/exchange/model.ts';
import { openAdvices } from '#modules/pools/following/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { unlessUnchanged } from '#platform/http/unchanged.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, url }) => {
  const language = parseFeedLanguage(url.searchParams);
  if (language === null)
    return wrongParameters([{ name: 'lang', reason: `one of ${languages.join(', ')}; no other parameter` }]);
  const advices = await withViewer(visitor, openAdvices);
  const told = atomAdvice(speaker(language, catalogue), advices, url.origin);
  return unlessUnchanged(request, openData(told, 'application/atom+xml; charset=utf-8'), lastChange(advices));
};
