import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { stopClock } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { countTellers } from './jobs.server.ts';

ownDatabase();
type Consents = NonNullable<Parameters<typeof aTelling>[0]['consents']>;
const counted: Consents = [
  { use: 'open-count', verdict: 'given', audience: 'public' },
  { use: 'open-theme', verdict: 'given', audience: 'public' },
];

beforeEach(() =>
  withViewer(operator, async (tx) => {
    await sql`delete from core.telling`.execute(tx);
    await sql`insert into pub.province (code, name, lat, lon) values ('PV25', 'Gelderland', 52, 6) on conflict do nothing`.execute(
      tx,
    );
    await sql`select core.lay_told('[]', '[]', '2000-01-01')`.execute(tx);
  }),
);
afterEach(() => stopClock());

let year = 2030;
/** A night in a quarter in which nobody counted yet. */
const countAgain = async () => {
  year += 1;
  stopClock(new Date(`${year}-01-01T03:30:00+01:00`));
  await countTellers();
  stopClock();
};
const tell = async (teller: Viewer, consents: Consents, theme = 'work') => {
  const { id } = await aTelling({ teller, consents });
  await withViewer(operator, (tx) =>
    sql`update core.telling set province = 'PV25', themes = array[${theme}] where id = ${id}`.execute(tx),
  );
  return id;
};
const tellers = (many: number) =>
  Promise.all(Array.from({ length: many }, (_, at) => aPerson(`Teller ${at}`)));
const told = () =>
  withViewer(visitor, (tx) => tx.selectFrom('pub.told').select(['province', 'theme', 'at_least']).execute());

test('stories are only counted where their tellers gave leave to count them and to tell their theme', async () => {
  const people = await tellers(12);
  for (const [at, person] of people.entries())
    await tell(person, at < 3 ? counted : counted.slice(at % 2, (at % 2) + 1));
  await countAgain();
  expect(await told()).toEqual([]);
  for (const person of people.slice(3, 10)) await tell(person, counted);
  await countAgain();
  expect(await told()).toEqual([{ province: 'PV25', theme: 'work', at_least: 5 }]);
});

test('someone who tells ten times is one person', async () => {
  const [one] = await tellers(1);
  for (let at = 0; at < 10; at += 1) await tell(one as Viewer, counted);
  await countAgain();
  expect(await told()).toEqual([]);
});

test('one teller more or fewer never shows, and a quarter is counted once', async () => {
  const people = await tellers(10);
  for (const person of people.slice(0, 9)) await tell(person, counted, 'health');
  await countAgain();
  const before = await told();
  expect(before).toEqual([{ province: 'PV25', theme: 'health', at_least: 5 }]);
  const last = await tell(people[9] as Viewer, counted, 'health');
  await countAgain();
  expect(await told()).toEqual(before);
  await withViewer(operator, (tx) => sql`delete from core.telling where id <> ${last}`.execute(tx));
  stopClock(new Date(`${year}-03-31T23:00:00+02:00`));
  await countTellers();
  expect(await told()).toEqual(before);
  await countAgain();
  expect(await told()).toEqual([]);
});

test('only the house counts people, and nobody else reads what it holds of them', async () => {
  const admin = await aPerson('Els', [{ role: 'admin' }, { role: 'privacy-officer' }]);
  const people = await tellers(9);
  for (const person of people) await tell(person, counted, 'culture');
  await countAgain();
  const held = (viewer: Viewer) =>
    withViewer(viewer, (tx) => tx.selectFrom('core.told_count').selectAll().execute());
  expect(await held(house)).toHaveLength(1);
  expect(await held(admin)).toEqual([]);
  await expect(held(visitor)).rejects.toThrow('permission denied');
  await expect(withViewer(admin, (tx) => sql`select core.count_tellers()`.execute(tx))).rejects.toThrow(
    'Only the house',
  );
  await expect(
    withViewer(admin, (tx) => sql`select core.lay_told('[]', '[]', '2026-01-01')`.execute(tx)),
  ).rejects.toThrow('Only the house');
  await expect(withViewer(visitor, (tx) => sql`select core.count_tellers()`.execute(tx))).rejects.toThrow(
    'permission denied',
  );
  await expect(withViewer(admin, (tx) => sql`delete from core.told_count`.execute(tx))).rejects.toThrow(
    'permission denied',
  );
});
