import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { graphOf } from '#modules/publications/reading/exchange/model.ts';
import { openEditions } from '#modules/publications/reading/library/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const editions = await withViewer(visitor, (tx) => openEditions(tx));
  return openData(graphOf(url.origin, editions), 'application/ld+json; charset=utf-8');
};
