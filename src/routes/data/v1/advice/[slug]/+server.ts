import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { adviceRecord } from '#modules/pools/following/exchange/model.ts';
import { openAdvice } from '#modules/pools/following/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { absent, openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, params }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const advice = await withViewer(visitor, (tx) => openAdvice(tx, { slug: params.slug }));
  return advice ? openData(adviceRecord(advice, today())) : absent();
};
