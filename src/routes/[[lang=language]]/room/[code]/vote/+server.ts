import { json } from '@sveltejs/kit';
import { castVote } from '#modules/sessions/ballots/commands.server.ts';
import { parseVote } from '#modules/sessions/ballots/input.ts';
import { roomCookie } from '#modules/sessions/joining/model.ts';
import { ballotOf } from '#modules/sessions/joining/queries.server.ts';
import { presenceOf } from '#modules/sessions/live/queries/presence.server.ts';
import type { RequestHandler } from './$types';

/**
 * One vote: `{who, statement, vote: 'agree' | 'disagree' | 'pass', seq}`. Answers `{taken}`: true when it is kept, also when a
 * newer one of this phone stands already; false (409) when the room does not vote on it now.
 */
export const POST: RequestHandler = async ({ cookies, params, request }) => {
  const word = cookies.get(roomCookie);
  const vote = parseVote(await request.json().catch(() => null));
  if (!vote) return json({ taken: false }, { status: 422 });
  const here = word === undefined ? null : await presenceOf(params.code.toUpperCase(), word);
  if (word === undefined || !here?.people.has(vote.who)) return json({ taken: false }, { status: 404 });
  const viewer = ballotOf(here.session, vote.who, word);
  const cast = await castVote({ session: here.session, viewer }, vote);
  return json({ taken: cast.ok }, { status: cast.ok ? 200 : 409 });
};
