import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { ballotOf } from '../joining/queries.server.ts';
import type { BallotWord } from '../model.ts';
import '../tables.ts';
import type { AtTheBallot, Ballot } from './access.ts';
import { wordFor, type Laid } from './model.ts';
import './tables.ts';

/** The ballot of someone on this phone who is in the room; null when they are not. It is asked in a transaction that knows no ballot. */
export async function ballotFor(asked: AtTheBallot): Promise<Ballot | null> {
  const { phone, session, participant, word } = asked;
  const isIn = await withViewer(phone, (tx) =>
    tx
      .selectFrom('core.participant')
      .select('id')
      .where('id', '=', participant)
      .where('session', '=', session)
      .where('phone', '=', phone.id)
      .where('state', '=', 'in')
      .executeTakeFirst(),
  );
  return isIn ? { session, viewer: ballotOf(session, participant, word) } : null;
}

/** What a ballot says already: its vote on each statement, the newest number of its phone, and where its stones lie. */
export async function ballotSays({ session, viewer }: Ballot): Promise<{
  readonly votes: ReadonlyMap<string, BallotWord>;
  readonly seq: number;
  readonly stones: readonly Laid[];
}> {
  return withViewer(viewer, async (tx) => {
    const { rows: votes } = await sql<{
      statement: string;
      vote: number;
      seq: number;
    }>`select statement, vote, seq from core.my_ballot(${session}::uuid)`.execute(tx);
    const { rows: stones } =
      await sql<Laid>`select issue, stones from core.my_stones(${session}::uuid)`.execute(tx);
    return {
      votes: new Map(votes.map(({ statement, vote }) => [statement, wordFor(vote)])),
      seq: votes.reduce((most, { seq }) => Math.max(most, seq), 0),
      stones,
    };
  });
}
