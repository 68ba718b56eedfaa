import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { byLink, byPhone, house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, asAdmin, layField } from '../../initiatives/testing.ts';
import { oneself } from '../../people/access.ts';
import { leaveHouse } from '../../people/commands/leave.server.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { aPhone, aSession } from '../../sessions/testing.ts';
import { doInCircle } from './commands.server.ts';
import { circleOf } from './queries.server.ts';
import {
  begin,
  bringCase,
  comeIn,
  goOn,
  settleNotes,
  stop,
  wordDilemma,
  writeCase,
  writeNote,
} from './round/model.ts';
import { aCircle } from './testing.ts';

const database = ownDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

let me: Viewer;
let keeper: Viewer;
let comers: Readonly<Record<string, Viewer>>;
let initiative = '';
const tables = ['core.circle', 'core.kept_notes', 'core.reflection', 'core.self_view', 'core.self_view_need'];

beforeAll(async () => {
  await layField(
    aField([
      { id: 'ours', name: 'Het Onze' },
      { id: 'theirs', name: 'Het Hunne' },
    ]),
  );
  const rows = await admin<{ id: string }>('select id from core.initiative order by slug');
  const [theirs = '', ours = ''] = rows.map(({ id }) => id);
  initiative = ours;
  me = await aPerson('Amina');
  keeper = await aMember('Samira', ours);
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const room = await aSession({ facilitator });
  comers = {
    stranger: await aPerson('Bram'),
    'member of another initiative': await aMember('Els', theirs),
    facilitator,
    'facilitator without second factor': { ...facilitator, sure: false },
    verifier: await aPerson('Vera', [{ role: 'verifier' }]),
    editor: await aPerson('Edo', [{ role: 'editor' }]),
    partner: await aPerson('Gemeente', [{ role: 'partner' }]),
    'expert of a pool': await aPerson('Zahra', [{ role: 'pool-member' }]),
    researcher: await aPerson('Rik', [{ role: 'researcher' }]),
    admin: await aPerson('Ada', [{ role: 'admin' }, { role: 'privacy-officer' }]),
    'phone in a room': (await aPhone(room.id)).viewer,
    'phone of nowhere': byPhone(null),
    'link of nobody': byLink(null),
    operator,
  };
  await aCircle(2);
  await withViewer(me, (tx) =>
    sql`insert into core.reflection (person_id, facing, about, language, words) values (${me.id}, 'internal', 'power', 'nl', 'Ik besliste voor haar.')`.execute(
      tx,
    ),
  );
  await withViewer(me, (tx) =>
    sql`insert into core.kept_notes (person_id, language, words) values (${me.id}, 'nl', 'De casus.')`.execute(
      tx,
    ),
  );
  await withViewer(keeper, async (tx) => {
    await sql`insert into core.self_view (initiative_id, language, brings) values (${ours}, 'nl', 'Tijd.')`.execute(
      tx,
    );
    await sql`insert into core.self_view_need (self_view, position, of_whom, what) select id, 1, 'de gemeente', 'ruimte' from core.self_view`.execute(
      tx,
    );
  });
});

const count = (viewer: Viewer, table: string) =>
  withViewer(viewer, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx);
    return Number(rows[0]?.n);
  });
/** How many rows a deed touches, taken back afterwards; a wall that refuses is 0. */
async function touched(
  viewer: Viewer,
  work: (tx: Tx) => Promise<{ numAffectedRows?: bigint | undefined }>,
): Promise<number> {
  const back = new Error('taken back');
  let rows = 0;
  await withViewer(viewer, async (tx) => {
    rows = Number((await work(tx)).numAffectedRows ?? 0n);
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return;
    if ((error as { code?: string }).code !== '42501') throw error;
    rows = 0;
  });
  return rows;
}
const added: Readonly<Record<string, (viewer: Viewer) => ReturnType<typeof sql>>> = {
  'core.kept_notes': () =>
    sql`insert into core.kept_notes (person_id, language, words) values (${me.id}, 'nl', 'Van een ander.')`,
  'core.reflection': () =>
    sql`insert into core.reflection (person_id, facing, about, language, words) values (${me.id}, 'external', 'help', 'nl', 'Van een ander.')`,
  'core.self_view': () =>
    sql`insert into core.self_view (initiative_id, language, written_on) values (${initiative}, 'nl', '2020-01-01')`,
  'core.self_view_need': () =>
    sql`insert into core.self_view_need (self_view, position, of_whom, what) values ((select id from core.self_view limit 1), 2, 'x', 'y')`,
};
const changed: Readonly<Record<string, string>> = {
  'core.circle': 'news = news + 1',
  'core.kept_notes': `words = 'anders'`,
  'core.reflection': `words = 'anders'`,
  'core.self_view': `brings = 'anders'`,
  'core.self_view_need': `what = 'anders'`,
};

describe('who reads and writes what', () => {
  test('nobody but its own person reads, adds, changes or removes a reflection or kept notes, and nobody but its keepers a view of oneself: not an admin, not the operator', async () => {
    const unexpected: string[] = [];
    for (const [name, viewer] of Object.entries(comers))
      for (const table of tables) {
        if ((await count(viewer, table)) > 0) unexpected.push(`${name} reads ${table}`);
        const add = added[table];
        if (add && (await touched(viewer, (tx) => add(viewer).execute(tx))) > 0)
          unexpected.push(`${name} adds to ${table}`);
        const change = sql`update ${sql.table(table)} set ${sql.raw(changed[table] ?? '')}`;
        if ((await touched(viewer, (tx) => change.execute(tx))) > 0)
          unexpected.push(`${name} changes ${table}`);
        const remove = sql`delete from ${sql.table(table)}`;
        if ((await touched(viewer, (tx) => remove.execute(tx))) > 0)
          unexpected.push(`${name} removes from ${table}`);
      }
    expect(unexpected).toEqual([]);
  });

  test('a visitor has no way to any of it', async () => {
    for (const table of tables)
      await expect(count(visitor, table), table).rejects.toThrow('permission denied');
  });

  test('who wrote it reads, mends and removes it', async () => {
    for (const table of ['core.kept_notes', 'core.reflection']) {
      expect(await count(me, table)).toBe(1);
      expect(
        await touched(me, (tx) => sql`update ${sql.table(table)} set words = 'anders'`.execute(tx)),
      ).toBe(1);
      expect(await touched(me, (tx) => sql`delete from ${sql.table(table)}`.execute(tx))).toBe(1);
    }
    for (const table of ['core.self_view', 'core.self_view_need']) {
      expect(await count(keeper, table)).toBe(1);
      expect(await touched(keeper, (tx) => sql`delete from ${sql.table(table)}`.execute(tx))).toBe(1);
    }
  });

  test('a circle is opened by who is trusted with something here, with their second factor where staff, and by nobody else', async () => {
    const opens = (viewer: Viewer) =>
      touched(viewer, (tx) =>
        sql`insert into core.circle (id, word_hash, until, sealed) values (gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), now() + interval '12 hours', ${Buffer.alloc(40)})`.execute(
          tx,
        ),
      );
    const may = [];
    for (const [name, viewer] of Object.entries(comers)) if ((await opens(viewer)) > 0) may.push(name);
    expect(may).toEqual(['member of another initiative', 'facilitator', 'partner', 'expert of a pool']);
    const long = sql`insert into core.circle (id, word_hash, until, sealed) values (gen_random_uuid(), sha256('x'), now() + interval '2 days', ${Buffer.alloc(40)})`;
    expect(await touched(comers.facilitator ?? visitor, (tx) => long.execute(tx))).toBe(0);
  });

  test('who leaves takes along what only they read', async () => {
    const goes = await aPerson('Gaat');
    await withViewer(goes, async (tx) => {
      await sql`insert into core.reflection (person_id, facing, about, language, words) values (${goes.id}, 'internal', 'power', 'nl', 'Weg.')`.execute(
        tx,
      );
      await sql`insert into core.kept_notes (person_id, language, words) values (${goes.id}, 'nl', 'Weg.')`.execute(
        tx,
      );
    });
    await withViewer(operator, (tx) => leaveHouse(tx, oneself(goes) ?? { person: '' }));
    const left = await withViewer(house, (tx) =>
      sql`select person_id from core.reflection where person_id = ${goes.id} union all select person_id from core.kept_notes where person_id = ${goes.id}`.execute(
        tx,
      ),
    );
    expect(left.rows).toEqual([]);
  });
});

/** Everything a backup would hold: every row of every table, letters and all, as words and as bytes. */
async function backup(): Promise<string> {
  const [{ words = '' } = {}] = await admin<{ words: string }>(
    `select string_agg(query_to_xml(format('select to_jsonb(t)::text as w from %I.%I t', n.nspname, c.relname), false, true, '')::text, '') as words
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const bytes = (words.match(/(?<=\\x)[0-9a-f]+/g) ?? []).map((hex) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  );
  return [words, ...bytes].join('\n');
}

test('of what six phones type, no backup made during the circle or after it holds a word, nor the word that would open it', async () => {
  const canaries = [
    'Papegaai',
    'kanarie-casus',
    'kanarie-vraag',
    'kanarie-stilte',
    'kanarie-titel',
    'kanarie-dilemma',
  ];
  const [first, second, third, ...others] = await aCircle(6);
  if (!first || !second || !third) throw new Error('Nobody came.');
  const said = (text: string) => ({ language: 'nl', text });
  await doInCircle(first, (circle, seat) => comeIn(circle, seat, 'Papegaai'));
  await doInCircle(first, bringCase);
  await doInCircle(first, begin);
  await doInCircle(first, (circle, seat) => writeCase(circle, seat, said('kanarie-casus')));
  await doInCircle(second, goOn);
  for (const phone of [third, ...others])
    await doInCircle(phone, (circle, seat) => writeNote(circle, seat, 'n', said('kanarie-vraag')));
  await doInCircle(second, goOn);
  await doInCircle(third, (circle, seat) => writeNote(circle, seat, 's', said('kanarie-stilte')));
  for (const _ of [1, 2, 3]) await doInCircle(second, goOn);
  const title = 'kanarie-titel';
  await doInCircle(first, (circle, seat) =>
    wordDilemma(circle, seat, { ...said('kanarie-dilemma'), title, level: 'internal' }),
  );
  await doInCircle(first, (circle, seat) => settleNotes(circle, seat, 'none'));
  // The test would prove nothing if what it looks for were not there to be read by the phones.
  const opened = JSON.stringify((await circleOf(first))?.circle);
  for (const canary of canaries) expect(opened).toContain(canary);
  const secrets = [...canaries, first.word, first.own, second.own, first.seat];
  const during = await backup();
  await doInCircle(first, stop);
  const after = await backup();
  for (const secret of secrets) {
    expect(during, secret).not.toContain(secret);
    expect(after, secret).not.toContain(secret);
  }
  // And nothing if the backup held nothing: the letter stands in it, shut.
  expect(during).toContain('Het Onze');
  expect(during).toMatch(/"sealed": ?"\\{2}x01/);
});
