import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { knowByKey } from '#platform/sign-in/persons.server.ts';
import { beginSession, endSessions } from '#platform/sign-in/sessions.server.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson, type Trust } from '../testing.ts';
import { changeMyself } from './commands.server.ts';
import { myself, whoComesWith } from './queries.server.ts';

const database = ownDatabase();
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());

async function inside(called: string, trust: readonly Trust[] = [], sure = false) {
  const { id } = await aPerson(called, trust);
  const person = id ?? '';
  await knowByKey(person);
  return { person, cookie: (await beginSession(person, sure)) ?? '' };
}
const idle = (person: string, minutes: number) =>
  admin.query(
    `update auth.session set last_used_at = now() - make_interval(mins => $2) where person_id = $1`,
    [person, minutes],
  );
const visitOf = async (cookie: string) => {
  const visit = await whoComesWith(cookie);
  if (visit === 'over' || visit === 'unknown') throw new Error(`The session is ${visit}.`);
  return visit;
};
const everywhere = { scopeKind: 'all', scopeId: '' };

test('a session tells who is looking and what stands for them', async () => {
  const { person, cookie } = await inside('Samira', [{ role: 'partner' }]);
  expect(await visitOf(cookie)).toMatchObject({
    viewer: { kind: 'person', id: person, entrusted: [{ role: 'partner', ...everywhere }], sure: false },
    session: { person, staff: false, halfway: false },
  });
});

test('staff without a second factor are there, but nothing of staff stands for them; with it all does', async () => {
  const trust = [{ role: 'verifier' }, { role: 'partner' }] as const;
  const unsure = await visitOf((await inside('Noor', trust)).cookie);
  expect(unsure.viewer).toMatchObject({ sure: false, entrusted: [{ role: 'partner' }] });
  expect(unsure.session.staff).toBe(true);
  expect(unsure.wouldBe.entrusted).toHaveLength(2);
  const sure = await visitOf((await inside('Mina', trust, true)).cookie);
  expect(sure.viewer).toMatchObject({ sure: true, entrusted: [{ role: 'partner' }, { role: 'verifier' }] });
});

test('who has a second factor is halfway until they give it', async () => {
  const { person, cookie } = await inside('Jan');
  await admin.query('update auth.person set second_factor_set = true where id = $1', [person]);
  expect((await visitOf(cookie)).session).toMatchObject({ hasSecondFactor: true, halfway: true });
});

test('a session of staff is over after half an hour, one of others after half a day, and then it is gone', async () => {
  const staff = await inside('Staff', [{ role: 'editor' }], true);
  const other = await inside('Other', [{ role: 'partner' }]);
  await idle(staff.person, 29);
  await idle(other.person, 719);
  await visitOf(staff.cookie);
  await visitOf(other.cookie);
  await idle(staff.person, 31);
  await idle(other.person, 721);
  for (const { cookie, person } of [staff, other]) {
    expect(await whoComesWith(cookie)).toBe('over');
    expect((await admin.query('select 1 from auth.session where person_id = $1', [person])).rows).toEqual([]);
  }
});

test('every use, once a minute, keeps a session alive', async () => {
  const { person, cookie } = await inside('Active', [{ role: 'editor' }], true);
  expect((await visitOf(cookie)).keepOn).toBe(false);
  await idle(person, 20);
  expect((await visitOf(cookie)).keepOn).toBe(true);
  const { rows } = await admin.query<{ seconds: number }>(
    'select extract(epoch from now() - last_used_at)::int as seconds from auth.session where person_id = $1',
    [person],
  );
  expect(rows[0]?.seconds).toBeLessThanOrEqual(60);
});

test('a session that was ended is over at once, and a forged one never was', async () => {
  const { person, cookie } = await inside('Ended');
  await endSessions(person);
  expect(await whoComesWith(cookie)).toBe('over');
  expect(await whoComesWith(`${cookie}x`)).toBe('unknown');
});

test('someone says how they wish to be called, and of nobody else', async () => {
  const { id } = await aPerson('Before');
  const other = await aPerson('Other');
  const me = { person: id ?? '' };
  const viewer = { kind: 'person', id, entrusted: [], sure: false } as const;
  await withViewer(viewer, (tx) => changeMyself(tx, me, { called: 'ميرا', language: 'ar' }));
  expect(await withViewer(viewer, (tx) => myself(tx, me))).toEqual({ called: 'ميرا', language: 'ar' });
  await withViewer(viewer, (tx) =>
    changeMyself(tx, { person: other.id ?? '' }, { called: 'x', language: null }),
  );
  const { rows } = await admin.query(`select called from core.person where id = $1`, [other.id]);
  expect(rows).toEqual([{ called: 'Other' }]);
});
