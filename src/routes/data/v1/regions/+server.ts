import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { regionRecord } from '#modules/insights/exchange/model.ts';
import { everyRegion } from '#modules/insights/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const regions = await withViewer(visitor, (tx) => everyRegion(tx));
  return openData({ licence: 'CC BY 4.0', regions: regions.map(regionRecord) });
};
