import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { citedWorks } from '#modules/learning/reading/exchange/model.ts';
import { openInsights } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const cards = await withViewer(visitor, (tx) => openInsights(tx));
  return openData(citedWorks(url.origin, cards), 'application/vnd.citationstyles.csl+json; charset=utf-8');
};
