import { redirect } from '@sveltejs/kit';
import { castVote, layStones } from '#modules/sessions/ballots/commands.server.ts';
import { parseVote } from '#modules/sessions/ballots/input.ts';
import { ballotFor, ballotSays } from '#modules/sessions/ballots/queries.server.ts';
import { parseDeed } from '#modules/sessions/joining/input.ts';
import { parseStone } from '#modules/sessions/room/input.ts';
import { laidSo, type BallotSeen, type RoomSeen } from '#modules/sessions/room/model.ts';
import { seenCounts } from '#modules/sessions/room/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { now } from '#platform/clock.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { RequestEvent } from './$types';
import { backTo, phoneHere, refuseHere, type Here } from './here.server.ts';

/** How many people answered each statement, by its number, in the transaction of the phone; never what. */
export const countsSeen = (tx: Tx, here: Here, room: RoomSeen) =>
  room.step?.kind === 'vote' ? seenCounts(tx, here.session) : null;

/** What the ballot of who fills in the page says already; asked as the ballot, in a transaction that does not know the phone. */
export async function votingSeen(here: Here, room: RoomSeen): Promise<BallotSeen | null> {
  const kind = room.step?.kind;
  if (!room.who || (kind !== 'vote' && kind !== 'stones')) return null;
  const ballot = await ballotFor({ ...here, participant: room.who.id });
  if (!ballot) return null;
  const { votes, stones } = await ballotSays(ballot);
  return { votes: Object.fromEntries(votes), stones };
}

/** The ballot of who a form says fills it in. Nothing of it goes into what a phone does once: a vote is never a deed of a phone. */
async function atTheBallot(event: RequestEvent) {
  const here = await phoneHere(event);
  const form = await event.request.formData();
  const { who } = parseDeed(form);
  const ballot = await ballotFor({ ...here, participant: who });
  const answered = (done: MessageKey | null) =>
    done ? redirect(303, backTo(event, who, done)) : refuseHere(event, form, 'room.refused.not_now');
  return { form, who, ballot, answered };
}

export const votingActions = {
  vote: async (event: RequestEvent) => {
    const { form, who, ballot, answered } = await atTheBallot(event);
    const seq = Number(form.get('seq') ?? 0) || now().getTime();
    const vote = parseVote({ who, statement: form.get('statement'), vote: form.get('vote'), seq });
    const cast = ballot && vote ? await castVote(ballot, vote) : null;
    return answered(cast?.ok ? 'room.done.voted' : null);
  },
  // A button says how many stones lie on its issue from now on, so that the same press sent twice lays them once.
  stones: async (event: RequestEvent) => {
    const { form, ballot, answered } = await atTheBallot(event);
    const stone = parseStone(form);
    const laid = ballot && stone ? laidSo((await ballotSays(ballot)).stones, stone) : null;
    const done = ballot && laid ? await layStones(ballot, laid) : null;
    return answered(done?.ok ? 'room.done.stones' : null);
  },
};
