import { countOn } from '#modules/initiatives/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { problem } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  try {
    await withViewer(locals.viewer, (tx) => countOn(tx, today()));
    return new Response('ready\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
  } catch {
    return problem(503, 'Not ready', 'The database does not answer.');
  }
};
