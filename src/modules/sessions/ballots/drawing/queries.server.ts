import type { Tx } from '#platform/db.server.ts';
import { landscape, type Answer, type Landscape, type Vote } from '../../landscape/landscape.ts';
import '../../saying/tables.ts';
import '../tables.ts';

/** The votes of a room on what lies open, ballot by ballot; only the house may read them. */
export async function votesIn(tx: Tx, session: string): Promise<Vote[]> {
  const rows = await tx
    .selectFrom('core.vote as v')
    .innerJoin('core.statement as s', 's.id', 'v.statement')
    .select(['v.voter as person', 'v.statement', 'v.vote'])
    .where('s.session', '=', session)
    .where('s.form', '=', 'statement')
    .where('s.standing', '=', 'open')
    .execute();
  return rows.map((row) => ({ ...row, vote: row.vote as Answer }));
}

/** Every picture of this room as it was shown, with who was counted in which voice, so that a next one can be held against it. */
export async function shownBefore(tx: Tx, session: string, minGroup: number): Promise<Landscape[]> {
  const ballots = await tx
    .selectFrom('core.room_picture_ballot')
    .select(['number', 'voter', 'said', 'voice'])
    .where('session', '=', session)
    .orderBy('number')
    .execute();
  const numbers = [...new Set(ballots.map(({ number }) => number))];
  return numbers.map((number) => {
    const these = ballots.filter((ballot) => ballot.number === number);
    const votes = these.flatMap(({ voter, said }) =>
      Object.entries(said).map(([statement, vote]) => ({ person: voter, statement, vote })),
    );
    const groups = new Map(
      these.flatMap(({ voter, voice }) => (voice === null ? [] : [[voter, String(voice)] as const])),
    );
    return landscape(votes, { minGroup, groups });
  });
}
