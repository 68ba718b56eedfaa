import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { byBallot } from '#platform/viewer.ts';
import { tellCounts } from '../live/queries/counts.server.ts';
import { ballotWords } from '../model.ts';
import '../tables.ts';
import type { Ballot } from './access.ts';
import { canLieSo, type Laid, type Vote } from './model.ts';
import './tables.ts';

interface Waiting extends Vote {
  readonly ballot: Ballot;
  readonly answer: (taken: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** Votes that came while others were being written; they go together in the next commit. */
const waiting: Waiting[] = [];
let writing = 0;
const mostAtOnce = 200;
/** Where a disk is slow, several commits go together; each must be worth its while. */
const mostWriting = 3;
const worthAnother = 8;

/**
 * Takes a vote; it is kept when this answers. Votes that come at the same moment share a commit, and no transaction ever knows
 * both a phone and a ballot. `not_now` when the room does not vote on this now.
 */
export async function castVote(ballot: Ballot, vote: Vote): Promise<Result<null, 'not_now'>> {
  const taken = await new Promise<boolean>((answer, fail) => {
    waiting.push({ ...vote, ballot, answer, fail });
    const isWorth = writing === 0 || (writing < mostWriting && waiting.length >= worthAnother);
    if (isWorth) void writeVotes((many, work) => withViewer(byBallot(many), work));
  });
  if (!taken) return refused('not_now');
  tellCounts(ballot.session);
  return ok(null);
}

async function writeVotes(
  as: (ballots: string, work: (tx: Tx) => Promise<boolean[]>) => Promise<boolean[]>,
): Promise<void> {
  writing++;
  while (waiting.length > 0 && (writing === 1 || waiting.length >= worthAnother)) {
    const votes = waiting.splice(0, mostAtOnce);
    try {
      // The fingerprints stand side by side, in the order of the votes.
      const ballots = votes.map(({ ballot }) => ballot.viewer.id ?? '').join('');
      const taken = await as(ballots, (tx) => castVotes(tx, votes));
      for (const [at, { answer }] of votes.entries()) answer(taken[at] === true);
    } catch (error) {
      for (const { fail } of votes) fail(error);
    }
  }
  writing--;
}

async function castVotes(tx: Tx, votes: readonly Waiting[]): Promise<boolean[]> {
  const { rows } = await sql<{ taken: boolean[] }>`select core.cast_votes(
    ${votes.map(({ ballot }) => ballot.session)}::uuid[], ${votes.map(({ statement }) => statement)}::uuid[],
    ${votes.map(({ said }) => ballotWords[said])}::smallint[], ${votes.map(({ seq }) => seq)}::bigint[]) as taken`.execute(
    tx,
  );
  return rows[0]?.taken ?? [];
}

/** Lays the stones of a ballot, all anew; `not_now` when the room does not take them, or they are more than three. */
export async function layStones(
  { session, viewer }: Ballot,
  stones: readonly Laid[],
): Promise<Result<null, 'not_now'>> {
  if (!canLieSo(stones)) return refused('not_now');
  const taken = await withViewer(viewer, async (tx) => {
    const { rows } = await sql<{ taken: boolean }>`select core.lay_stones(${session}::uuid,
      ${stones.map(({ issue }) => issue)}::uuid[], ${stones.map(({ stones: many }) => many)}::smallint[]) as taken`.execute(
      tx,
    );
    return rows[0]?.taken === true;
  });
  return taken ? ok(null) : refused('not_now');
}
