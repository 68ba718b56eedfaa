import { parseSince } from '#modules/initiatives/exchange/input.ts';
import { changesSince } from '#modules/initiatives/exchange/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, problem } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) => {
  const since = parseSince(url.searchParams);
  if (!since.ok) return problem(400, 'Bad request', 'Some parameters are wrong.', since.errors);
  return openData(await withViewer(locals.viewer, (tx) => changesSince(tx, since.value)));
};
