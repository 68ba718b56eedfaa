import type { Cookies } from '@sveltejs/kit';
import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { sessionIn } from '#platform/sign-in/sessions.server.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself, type Oneself } from '../access.ts';
import { aMember, aPerson } from '../testing.ts';
import { cardMakerOf, type CardMaker } from './access.ts';
import { bringIn, endCard, makeCard, signInByCard } from './commands.server.ts';
import { codeOf } from './model.ts';
import { bearersBroughtBy, cardOf } from './queries.server.ts';

const database = ownDatabase();
const initiative = '0193a000-0000-7000-8000-00000000000a';
const key = (viewer: Viewer) => viewer.id ?? '';
const maker = (viewer: Viewer): CardMaker => cardMakerOf(viewer) ?? { person: key(viewer), makesCards: true };
const self = (viewer: Viewer): Oneself => oneself(viewer) ?? { person: '' };
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );

/** Whom a code lets in; null when it opens nothing. */
async function whoComesBy(code: string): Promise<string | null> {
  let cookie: string | undefined;
  const cookies = { set: (_name: string, value: string) => void (cookie = value) } as Cookies;
  const came = await signInByCard({ cookies }, code);
  if (!came.ok) return null;
  const session = await sessionIn(cookie ?? '');
  return session === null || session === 'unknown' ? null : session.person;
}

let member: Viewer;
beforeAll(async () => {
  member = await aMember('Mira', initiative);
});

const brought = (by: Viewer, called = 'Omar') =>
  withViewer(by, (tx) => bringIn(tx, maker(by), { called, language: 'ar' }));
const made = async (by: Viewer, person: string) =>
  withViewer(by, (tx) => makeCard(tx, maker(by), person, 'ar'));

/** The code of a new card for a new person, and who that is. */
async function aCard(by: Viewer): Promise<{ person: string; code: string }> {
  const person = await brought(by);
  const card = await made(by, person);
  if (!card.ok) throw new Error(card.reason);
  return { person, code: card.value.code };
}

test('a card lets its bearer in, and says on which day it last did', async () => {
  const { person, code } = await aCard(member);
  expect(code).toMatch(/^\d{16}$/);
  expect(await whoComesBy(code)).toBe(person);
  const card = await withViewer(member, (tx) => cardOf(tx, person));
  expect(card).toMatchObject({ madeBy: 'Mira', lastUsedOn: today() });
});

test('a new card ends the old one', async () => {
  const { person, code } = await aCard(member);
  const next = await made(member, person);
  expect(await whoComesBy(code)).toBeNull();
  expect(next.ok && (await whoComesBy(next.value.code))).toBe(person);
});

test('a revoked card opens nothing, whoever ended it', async () => {
  for (const ends of ['maker', 'bearer'] as const) {
    const { person, code } = await aCard(member);
    const bearer: Viewer = { kind: 'person', id: person, entrusted: [], sure: false };
    const who = ends === 'maker' ? member : bearer;
    const id = (await withViewer(who, (tx) => cardOf(tx, person)))?.id ?? '';
    expect(await withViewer(who, (tx) => endCard(tx, self(who), id))).toMatchObject({ ok: true });
    expect(await whoComesBy(code)).toBeNull();
    expect(await withViewer(who, (tx) => endCard(tx, self(who), id))).toMatchObject({ ok: false });
    expect(await withViewer(who, (tx) => cardOf(tx, person))).toBeNull();
  }
});

test('whoever came in by a lost card is out as soon as it is replaced or stopped; the bearer who stops their own stays', async () => {
  for (const ends of ['replaced', 'stopped', 'stopped by its bearer'] as const) {
    const { person, code } = await aCard(member);
    let cookie = '';
    const cookies = { set: (_name: string, value: string) => void (cookie = value) } as Cookies;
    expect(await signInByCard({ cookies }, code)).toMatchObject({ ok: true });
    const bearer: Viewer = { kind: 'person', id: person, entrusted: [], sure: false };
    const who = ends === 'stopped by its bearer' ? bearer : member;
    const id = (await withViewer(member, (tx) => cardOf(tx, person)))?.id ?? '';
    if (ends === 'replaced') await made(member, person);
    else await withViewer(who, (tx) => endCard(tx, self(who), id));
    expect([ends, (await sessionIn(cookie)) !== null]).toEqual([ends, ends === 'stopped by its bearer']);
  }
});

test('a card opens nothing after its last day, nor when its bearer left', async () => {
  const { person, code } = await aCard(member);
  const change = (text: ReturnType<typeof sql>) => withViewer(operator, (tx) => text.execute(tx));
  await change(sql`update core.person set left_on = core.today() where id = ${person}`);
  expect(await whoComesBy(code)).toBeNull();
  await change(sql`update core.person set left_on = null where id = ${person}`);
  expect(await whoComesBy(code)).toBe(person);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin
    .query(`update vault.card set made_on = made_on - 365, until_day = core.today() where person_id = $1`, [
      person,
    ])
    .finally(() => admin.end());
  expect(await whoComesBy(code)).toBeNull();
});

test('whose card it is not cannot make, see or end it', async () => {
  const { person, code } = await aCard(member);
  const id = (await withViewer(member, (tx) => cardOf(tx, person)))?.id ?? '';
  const stranger = await aMember('Stranger', '0193a000-0000-7000-8000-00000000000b');
  const visitorWithAccount = await aPerson('Nobody');
  for (const who of [stranger, visitorWithAccount]) {
    expect(await made(who, person)).toMatchObject({ ok: false, reason: 'card_not_for_them' });
    expect(await withViewer(who, (tx) => cardOf(tx, person))).toBeNull();
    expect(await withViewer(who, (tx) => endCard(tx, self(who), id))).toMatchObject({ ok: false });
    const row = (tx: Tx) =>
      sql`insert into vault.card (person_id, code_hash, language, made_by, until_day)
        values (${person}, sha256('guess'), 'nl', ${key(who)}, core.today() + 9)`.execute(tx);
    expect(['42501', '23505']).toContain(await refusal(withViewer(who, row)));
  }
  expect(cardMakerOf(visitorWithAccount)).toBeNull();
  expect(await whoComesBy(code)).toBe(person);
});

test('nobody makes a card for who signs in by mail, for staff, or for themselves', async () => {
  const admin = await aPerson('Ada', [{ role: 'admin' }]);
  const mailer = await aPerson('Mailer');
  expect(await made(admin, key(mailer))).toMatchObject({ ok: false });
  const { person } = await aCard(member);
  expect(await made(admin, person)).toMatchObject({ ok: true });
  await withViewer(operator, (tx) =>
    sql`insert into core.role_grant (person_id, role, scope_kind, until_day, reason)
      values (${person}, 'facilitator', 'all', core.today() + 9, 'for a test')`.execute(tx),
  );
  expect(await made(admin, person)).toMatchObject({ ok: false });
  await withViewer(operator, (tx) =>
    sql`update core.person set came_by = 'card', made_by = id where id = ${key(admin)}`.execute(tx),
  );
  expect(await made(admin, key(admin))).toMatchObject({ ok: false });
});

test('the fingerprint goes in and never comes out, and no code stands anywhere', async () => {
  const { code } = await aCard(member);
  expect(await refusal(withViewer(operator, (tx) => sql`select code_hash from vault.card`.execute(tx)))).toBe(
    '42501',
  );
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      row: string;
    }>`select concat(id, person_id, language, made_on, made_by) as row from vault.card`.execute(tx),
  );
  expect(rows.map(({ row }) => row).join('')).not.toContain(code);
});

test('a maker finds back whom they brought in, and whether a card lets them in', async () => {
  const facilitator = await aPerson('Fay', [{ role: 'facilitator' }]);
  const person = await brought(facilitator, 'Layla');
  expect(await withViewer(facilitator, (tx) => bearersBroughtBy(tx, key(facilitator)))).toEqual([
    { id: person, called: 'Layla', card: null },
  ]);
  await made(facilitator, person);
  const [bearer] = await withViewer(facilitator, (tx) => bearersBroughtBy(tx, key(facilitator)));
  expect(bearer?.card).toMatchObject({ lastUsedOn: null });
});

test('a card is tried twenty times an hour at most, and the limit of one keeps nobody else out', async () => {
  const { code } = await aCard(member);
  const other = await aCard(member);
  const guess = codeOf('4'.repeat(15));
  const noJar = { set: (_name: string, _value: string) => undefined } as Cookies;
  const answers = [];
  for (let times = 0; times < 12; times++) answers.push(await signInByCard({ cookies: noJar }, guess));
  expect(answers.map((answer) => !answer.ok && answer.reason)).toEqual([
    ...Array.from({ length: 10 }, () => 'card_shut'),
    'wait',
    'wait',
  ]);
  expect(await whoComesBy(code)).not.toBeNull();
  expect(await whoComesBy(other.code)).toBe(other.person);
});
