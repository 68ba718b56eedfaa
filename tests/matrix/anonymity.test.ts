import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aPhone, aSession, aStatement, cast } from '../../src/modules/sessions/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { ownDatabase } from '../support/database.ts';

const database = ownDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

interface Row {
  readonly table: string;
  readonly keys: readonly string[];
}

/** Everything a backup would hold: every row of every table, as the keys and fingerprints that stand in it. */
async function backup(): Promise<Row[]> {
  const tables = await admin<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const rows: Row[] = [];
  for (const { name } of tables)
    for (const { words } of await admin<{ words: string }>(
      `select to_jsonb(t)::text as words from ${name} t`,
    ))
      rows.push({
        table: name,
        keys: words.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g) ?? [],
      });
  return rows;
}

/** Every key that can be reached from these by rows that share one, without going by what a whole room shares. */
function reached(rows: readonly Row[], from: readonly string[], shared: ReadonlySet<string>): Set<string> {
  const found = new Set(from);
  for (let grew = true; grew;) {
    const before = found.size;
    for (const { keys } of rows)
      if (keys.some((key) => found.has(key) && !shared.has(key)))
        for (const key of keys) if (!shared.has(key)) found.add(key);
    grew = found.size > before;
  }
  return found;
}

let facilitator: Viewer;
let room: { id: string };
let phones: Awaited<ReturnType<typeof aPhone>>[];
let statement: string;

beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  room = await aSession({ facilitator });
  statement = await aStatement(room.id, 'De bus rijdt te weinig.');
  phones = [];
  for (let at = 0; at < 24; at++) {
    const phone = await aPhone(room.id, { called: `Stem ${at}` });
    phones.push(phone);
    await cast(phone.ballot, room.id, statement, (at % 3) - 1);
  }
});

const sharedByAll = async () =>
  new Set([
    room.id,
    facilitator.id ?? '',
    ...(
      await admin<{ id: string }>(
        `select id::text from core.statement union all select id::text from core.issue`,
      )
    ).map(({ id }) => id),
  ]);
const ballots = async () =>
  (await admin<{ id: string }>(`select id::text from core.voter where session = $1`, [room.id])).map(
    ({ id }) => id,
  );

describe('who voted what', () => {
  test('no table stands between a person, a phone or someone in a room and a ballot', async () => {
    const joins = await admin<{ of: string; to: string }>(
      `select conrelid::regclass::text as of, confrelid::regclass::text as to from pg_constraint where contype = 'f'`,
    );
    const byRoom = ['core.session', 'core.statement', 'core.issue'];
    const fromBallot = new Set(['core.voter']);
    for (let grew = true; grew;) {
      const before = fromBallot.size;
      for (const { of, to } of joins) {
        if (fromBallot.has(to) && !byRoom.includes(to)) fromBallot.add(of);
        if (fromBallot.has(of) && !byRoom.includes(of) && !byRoom.includes(to)) fromBallot.add(to);
      }
      grew = fromBallot.size > before;
    }
    expect([...fromBallot].sort()).toEqual(['core.stone', 'core.vote', 'core.voter']);
  });

  test('a backup made while they vote joins no phone to a ballot', async () => {
    const rows = await backup();
    const shared = await sharedByAll();
    for (const phone of phones) {
      const found = reached(rows, [phone.viewer.id ?? '', phone.participant], shared);
      expect((await ballots()).filter((ballot) => found.has(ballot))).toEqual([]);
      expect(found.has(phone.ballot.id ?? '')).toBe(false);
    }
    const words = JSON.stringify(rows);
    for (const phone of phones) expect(words).not.toContain(phone.word);
  });

  test('after the close neither key, place, time nor fingerprint joins a ballot to what it was before', async () => {
    const before = await ballots();
    await withViewer(facilitator, (tx) => sql`select core.lay_ballots_down(${room.id}::uuid)`.execute(tx));
    const after = await admin<{ id: string; key_hash: unknown; card: unknown; at: string; number: string }>(
      `select id::text, key_hash, card, ctid::text as at, xmin::text as number from core.voter where session = $1 order by ctid`,
      [room.id],
    );
    expect(after).toHaveLength(24);
    expect(after.filter(({ id }) => before.includes(id))).toEqual([]);
    expect(new Set(after.map(({ key_hash, card }) => `${String(key_hash)} ${String(card)}`))).toEqual(
      new Set(['null null']),
    );
    // Written in one breath, in an order drawn by lot: they said -1, 0, 1, -1, 0, 1... as they came.
    expect(new Set(after.map(({ number }) => number)).size).toBe(1);
    const said = await admin<{ vote: number }>(
      `select v.vote from core.vote v join core.voter b on b.id = v.voter where b.session = $1 order by b.ctid`,
      [room.id],
    );
    const asTheyCame = phones.map((_, at) => (at % 3) - 1);
    expect(said.map(({ vote }) => vote)).not.toEqual(asTheyCame);
    expect(said.map(({ vote }) => vote).sort()).toEqual([...asTheyCame].sort());
    const times = await admin<{ columns: string }>(
      `select string_agg(a.attname, ' ') as columns from pg_attribute a join pg_type t on t.oid = a.atttypid
       where a.attrelid in ('core.voter'::regclass, 'core.vote'::regclass, 'core.stone'::regclass) and t.typname ~ 'time|date' and not a.attisdropped`,
    );
    expect(times).toEqual([{ columns: null }]);
  });

  test('after the close the phone itself no longer finds its ballot: nobody can be made to show it', async () => {
    const [phone] = phones;
    if (!phone) throw new Error('There is no phone.');
    const { rows } = await withViewer(phone.ballot, (tx) =>
      sql`select * from core.my_ballot(${room.id}::uuid)`.execute(tx),
    );
    expect(rows).toEqual([]);
  });
});
