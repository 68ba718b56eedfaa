import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { tableOf } from '#modules/insights/exchange/model.ts';
import { regionCalled } from '#modules/insights/queries.server.ts';
import { csv } from '#platform/csv.ts';
import { withViewer } from '#platform/db.server.ts';
import { absent, openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, params }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const known = await withViewer(visitor, (tx) => regionCalled(tx, params.region));
  return known
    ? openData(csv(tableOf(known)), 'text/csv; charset=utf-8; header=present')
    : absent('There is no region with this word in its address.');
};
