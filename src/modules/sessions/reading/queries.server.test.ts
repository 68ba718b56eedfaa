import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { loadPlaces } from '../../places/commands.server.ts';
import { aPerson } from '../../people/testing.ts';
import type { SessionState } from '../model.ts';
import { aSession } from '../testing.ts';
import { calendarOf } from './calendar/model.ts';
import { parseSessionWish } from './input.ts';
import { findSessions, sessionNamed, sessionsForCalendar } from './queries.server.ts';

ownDatabase();
let facilitator: Viewer;
const now = new Date('2026-11-22T12:00:00Z');
const wish = (asked = '') => parseSessionWish(new URLSearchParams(asked));
const find = (asked = '') => withViewer(visitor, (tx) => findSessions(tx, wish(asked), 'nl', now));
const titles = (list: readonly { title: object }[]) => list.map(({ title }) => (title as { nl: string }).nl);

async function announced(title: string, state: SessionState, startsAt: string, more: object = {}) {
  const session = await aSession({ facilitator, title, state });
  await withViewer(operator, async (tx) => {
    await tx
      .updateTable('core.session')
      .set({ announced: true, starts_at: new Date(startsAt), minutes: 120, place: 'Buurthuis', ...more })
      .where('id', '=', session.id)
      .execute();
    await sql`select core.lay_session_open(${session.id}::uuid)`.execute(tx);
  });
  return session;
}

beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  await withViewer(operator, (tx) => loadPlaces(tx));
  await announced('Later', 'preparing', '2027-02-01T18:00:00Z', { province: 'PV25', municipality: 'GM0202' });
  await announced('Eerst', 'lobby', '2026-12-01T18:00:00Z');
  await announced('Gaat niet door', 'called-off', '2026-12-24T18:00:00Z');
  await announced('Nooit gesloten', 'preparing', '2026-10-01T18:00:00Z');
  await announced('Gesloten', 'closed', '2026-11-20T18:00:00Z');
  await aSession({ facilitator, title: 'Niet aangekondigd', state: 'lobby' });
});

test('what comes stands soonest first, what was held below it, and what is not announced nowhere', async () => {
  const { coming, held, total } = await find();
  expect(titles(coming)).toEqual(['Eerst', 'Gaat niet door', 'Later']);
  expect(titles(held).sort()).toEqual(['Gesloten', 'Nooit gesloten']);
  expect(total).toBe(2);
  expect(titles((await find('province=PV25')).coming)).toEqual(['Later']);
  expect((await find('kind=masterclass')).coming).toEqual([]);
});

test('where it is held is told by the name people have for it in their language', async () => {
  const [first] = (await find('province=PV25')).coming;
  expect(first).toMatchObject({ place: 'Buurthuis', municipality: 'Arnhem', province: 'Gelderland' });
});

test('before its minutes are shared nothing of what was said in a closed room, nor how many were there, is on the street', async () => {
  const { slug, id } = await announced('Pas gesloten', 'closed', '2026-11-21T18:00:00Z', {
    people: 30,
    attendance: JSON.stringify({ newcomer: 12 }),
  });
  await withViewer(operator, async (tx) => {
    await tx
      .insertInto('core.statement')
      .values({ session: id, number: 1, step: 1, form: 'statement', language: 'nl', text: 'Geheim.' })
      .execute();
    await sql`select core.lay_session_open(${id}::uuid)`.execute(tx);
  });
  const read = await withViewer(visitor, (tx) => sessionNamed(tx, slug, 'nl'));
  expect(read).toMatchObject({ state: 'held', told: false, people: null, attendance: {}, statements: [] });
});

test('whoever looks for a word finds the gathering that tells it, with or without accents, and a sign means itself', async () => {
  await announced('Café van de buurt', 'lobby', '2027-03-01T18:00:00Z');
  expect(titles((await find('q=cafe+BUURT')).coming)).toEqual(['Café van de buurt']);
  expect((await find('q=%25')).coming).toEqual([]);
  expect((await find('q=texts')).coming).toEqual([]);
  expect((await find('q=a\\b_')).coming).toEqual([]);
});

test('a calendar takes what comes and what was called off, at its moment, in the language of who reads', async () => {
  const sessions = await withViewer(visitor, (tx) => sessionsForCalendar(tx, 'nl', null, now));
  expect(titles(sessions).slice(0, 3)).toEqual(['Eerst', 'Gaat niet door', 'Later']);
  const text = { 'sessions.title': 'Bijeenkomsten', 'sessions.coming.how': 'Kom binnen.' };
  const told = calendarOf(speaker('nl', { nl: text }), sessions, {
    origin: 'https://house.example',
    at: now,
  });
  expect(told.match(/BEGIN:VEVENT/g)).toHaveLength(4);
  expect(told).toContain('STATUS:CANCELLED');
  expect(told).toContain(
    'DTSTART:20270201T180000Z\r\nDTEND:20270201T200000Z\r\nLOCATION:Buurthuis\\, Arnhem',
  );
});
