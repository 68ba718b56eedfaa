import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { listedRecord } from '#modules/pools/following/exchange/model.ts';
import { openAdvices } from '#modules/pools/following/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const advices = await withViewer(visitor, openAdvices);
  return openData({ licence: 'CC BY 4.0', advices: advices.map((each) => listedRecord(each, today())) });
};
