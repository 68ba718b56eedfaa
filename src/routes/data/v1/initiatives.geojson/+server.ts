import { parseQuestion } from '#modules/initiatives/exchange/input.ts';
import { geoJsonOf } from '#modules/initiatives/exchange/model.ts';
import { findInitiatives } from '#modules/initiatives/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, problem } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

// A whole field fits: the Dutch one has hundreds, and the search itself stops at what answers.
const all = 100_000;

export const GET: RequestHandler = async ({ url, locals }) => {
  const asked = parseQuestion(url.searchParams, today());
  if (!asked.ok) return problem(400, 'Bad request', 'Some parameters are wrong.', asked.errors);
  const { wish, language } = asked.value;
  const found = await withViewer(locals.viewer, (tx) =>
    findInitiatives(tx, { ...wish, page: 1 }, language, all),
  );
  return openData(geoJsonOf(found, wish), 'application/geo+json; charset=utf-8');
};
