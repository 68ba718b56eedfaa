import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ballotOf } from '#modules/sessions/joining/queries.server.ts';
import { tellRoom } from '#modules/sessions/live/commands.server.ts';
import { ballotWords, type BallotWord } from '#modules/sessions/model.ts';
import { aPhone, aSession } from '#modules/sessions/testing.ts';
import { aPerson } from '#modules/people/testing.ts';
import { at, type Cast, type Voter } from './votes.ts';

export interface Ground {
  readonly session: string;
  readonly code: string;
  readonly voters: readonly Voter[];
  readonly statements: readonly string[];
}

/** A room with this many phones in it and this many statements. */
export async function aGround(people: number, statements: number): Promise<Ground> {
  const facilitator: Viewer = await aPerson('Noor', [{ role: 'facilitator' }]);
  const room = await aSession({ facilitator, steps: ['vote', 'statements'] });
  const voters: Voter[] = [];
  for (let from = 0; from < people; from += 8)
    voters.push(
      ...(await Promise.all(Array.from({ length: Math.min(8, people - from) }, () => aPhone(room.id)))),
    );
  const said = await withViewer(operator, (tx) =>
    tx
      .insertInto('core.statement')
      .values(
        Array.from({ length: statements }, (_, number) => ({
          session: room.id,
          number: number + 1,
          step: 1,
          form: 'statement' as const,
          language: 'nl',
          text: `Uitspraak ${number + 1}`,
        })),
      )
      .returning('id')
      .execute(),
  );
  return { session: room.id, code: room.code, voters, statements: said.map(({ id }) => id) };
}

/** Lets something happen in the room; it tells when it was sent, so that who hears it knows how late it is. */
export const happen = (session: string): Promise<number> =>
  withViewer(operator, (tx) =>
    tellRoom(tx, session, 'rendering', { sent: performance.timeOrigin + performance.now() }),
  );

/** Every event of the room as a phone must have heard it. */
export async function allHappened(session: string): Promise<{ id: number; data: string }[]> {
  const events = await withViewer(operator, (tx) =>
    tx
      .selectFrom('core.room_event')
      .select(['number', 'kind', 'about'])
      .where('session', '=', session)
      .orderBy('number')
      .execute(),
  );
  return events.map(({ number, kind, about }) => ({ id: number, data: JSON.stringify({ kind, about }) }));
}

/** Holds what the house acknowledged against what stands: votes that are not there, and votes nobody sent or that stand twice. */
export async function judged(
  ground: Ground,
  taken: readonly Cast[],
  sent: ReadonlyMap<string, number>,
): Promise<{ lost: number; doubled: number; standing: number }> {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      key: string;
      statement: string;
      vote: number;
      seq: number;
    }>`select encode(b.key_hash, 'hex') as key, v.statement, v.vote, v.seq
      from core.vote v join core.voter b on b.id = v.voter where b.session = ${ground.session}`.execute(tx),
  );
  const standing = new Map(rows.map((row) => [`${row.key} ${row.statement}`, row]));
  const keys = new Map(
    ground.voters.map(({ participant, word }) => [
      participant,
      ballotOf(ground.session, participant, word).id ?? '',
    ]),
  );
  let lost = 0;
  for (const { voter, statement, vote, seq } of taken) {
    const row = standing.get(`${keys.get(voter.participant)} ${statement}`);
    const isThere =
      row && (row.seq > seq || (row.seq === seq && row.vote === ballotWords[vote as BallotWord]));
    if (!isThere) lost++;
  }
  // A pair that was never sent, or that stands more than once.
  const strange = rows.filter(
    ({ key, statement, seq }) => (sent.get(`${key} ${statement}`) ?? -1) < seq,
  ).length;
  return { lost, doubled: strange + rows.length - standing.size, standing: rows.length };
}

export const keyOf = (ground: Ground, { voter, statement }: Cast): string =>
  `${ballotOf(ground.session, voter.participant, voter.word).id} ${statement}`;

/** How many people answered each statement, by its number, as the database says. */
export async function seenIn(session: string): Promise<Record<string, number>> {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      number: number;
      seen: number;
    }>`select number, seen from core.count_votes(${session}::uuid) where seen > 0`.execute(tx),
  );
  return Object.fromEntries(rows.map(({ number, seen }) => [number, seen]));
}

/** Bytes of memory this process holds. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1_024;
}

/** Seconds of processor time this process took since it began. */
export async function workOf(pid: number): Promise<number> {
  const words =
    (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
  return (Number(words[11]) + Number(words[12])) / 100;
}

/** How late broadcasts were heard, in milliseconds. */
export const lateness = (times: readonly number[]) => ({
  heard: times.length,
  p50: at(times, 0.5),
  p99: at(times, 0.99),
  most: times.reduce((most, time) => Math.max(most, time), 0),
});

/** Starts the bare server in a process of its own. */
export async function openBare(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
  );
  return { child, url };
}
