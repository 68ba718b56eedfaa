import { parseQuestion } from '#modules/initiatives/exchange/input.ts';
import { tableOf } from '#modules/initiatives/exchange/model.ts';
import { findOpen } from '#modules/initiatives/exchange/queries.server.ts';
import { today } from '#platform/clock.ts';
import { csv } from '#platform/csv.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

// A whole field fits: the Dutch one has hundreds, and the search itself stops at what answers.
const all = 100_000;

export const GET: RequestHandler = async ({ url }) => {
  const asked = parseQuestion(url.searchParams, today());
  if (!asked.ok) return wrongParameters(asked.errors);
  const { wish, language } = asked.value;
  const { found, field } = await withViewer(visitor, (tx) =>
    findOpen(tx, { ...wish, page: 1 }, language, all),
  );
  return openData(csv(tableOf(found, wish, field)), 'text/csv; charset=utf-8; header=present');
};
