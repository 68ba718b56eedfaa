import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aTableOfTwo, goer, layNeighbourhood, type AtTable } from '../connecting/testing.ts';
import { closeAbsence, eraseAbsence, nameAbsence, tellAbsence } from './commands.server.ts';
import { parseAbsence } from './input.ts';
import { absenceLimits } from './model.ts';
import { chairsAsKept, chairsOf } from './queries.server.ts';

ownDatabase();
beforeAll(layNeighbourhood, 60_000);
let at: AtTable;
beforeEach(async () => {
  at = await aTableOfTwo();
});

const name = (given: { openly?: boolean; who?: string } = {}) => {
  const who = goer(at.keeper);
  return withViewer(who, (tx) =>
    nameAbsence(
      tx,
      who,
      at.table.id,
      {
        who: 'vrouwen uit Eritrea',
        why: 'Wij vroegen het hun nooit.',
        since: '2021-01-01',
        openly: true,
        ...given,
      },
      'nl',
    ),
  );
};
const open = () => withViewer(visitor, (tx) => chairsOf(tx, at.table.id, today(), 'nl'));
const kept = () => withViewer(at.keeper, (tx) => chairsAsKept(tx, at.table.id, today(), 'nl'));
test('two chairs stay empty at a table of the town hall, and both lead to the informal group that refugees lead', async () => {
  const seen = await open();
  const chairs = seen?.chairs.filter(({ kind }) => kind === 'refugee-led' || kind === 'informal');
  expect(chairs?.map(({ kind, entries }) => [kind, entries[0]?.slug])).toEqual([
    ['refugee-led', 'warme-stoep'],
    ['informal', 'warme-stoep'],
  ]);
  expect(chairs?.[0]?.chain?.stones.map(({ slug }) => slug)).toEqual([
    'gemeente-arnhem',
    'buurthuis',
    'warme-stoep',
  ]);
});

test('who wishes not to be named at the table is not told by a chair that is no longer empty', async () => {
  const before = JSON.stringify((await open())?.chairs);
  const take = {
    state: 'taken' as const,
    since: today(),
    since_precision: 'day' as const,
    shown: 'no' as const,
  };
  await withViewer(operator, async (tx) => {
    const seat = tx.updateTable('core.seat').where('id', '=', at.seats.free);
    const asked = {
      state: 'offered' as const,
      initiative: at.keys.group,
      chosen_by: 'de groep',
      ground: 'woont hier',
    };
    await seat.set({ ...asked, offered_on: today() }).execute();
    await seat.set(take).execute();
    await sql`select core.lay_table_open(${at.table.id})`.execute(tx);
  });
  expect(JSON.stringify((await open())?.chairs)).toBe(before);
  expect((await kept())?.chairs.some(({ kind }) => kind === 'refugee-led')).toBe(false);
});

test('whom a table says is missing stands on its page only when the table wishes so, and goes with the page', async () => {
  await name();
  await name({ openly: false, who: 'de buurt zelf' });
  expect((await open())?.absences.map(({ who }) => who)).toEqual(['vrouwen uit Eritrea']);
  expect((await kept())?.absences).toHaveLength(2);
  await withViewer(at.keeper, async (tx) => {
    await tx
      .updateTable('core.collaboration_table')
      .set({ name: 'Tafel Zuid' })
      .where('id', '=', at.table.id)
      .execute();
    await sql`select core.lay_table_open(${at.table.id})`.execute(tx);
  });
  expect((await open())?.absences).toHaveLength(1);
});

test('an absence is closed with what happened, and stays to be read; or erased', async () => {
  await name();
  const who = goer(at.keeper);
  const absence = (await kept())?.absences[0]?.id ?? '';
  const close = () =>
    withViewer(who, (tx) =>
      closeAbsence(tx, who, at.table.id, { absence, how: 'filled', words: 'Selam zit er nu.' }),
    );
  expect((await close()).ok).toBe(true);
  expect(await close()).toEqual(refused('not_there'));
  expect((await open())?.absences[0]?.closed).toEqual({
    on: today(),
    how: 'filled',
    words: 'Selam zit er nu.',
  });
  await withViewer(who, (tx) => tellAbsence(tx, who, at.table.id, absence, false));
  expect((await open())?.absences).toEqual([]);
  expect((await withViewer(who, (tx) => eraseAbsence(tx, who, at.table.id, absence))).ok).toBe(true);
  expect((await kept())?.absences).toEqual([]);
});

test('no more than twelve absences stand open', async () => {
  for (let n = 0; n < absenceLimits.open; n++) await name({ who: `groep ${n}` });
  expect(await name()).toEqual(refused('too_many'));
});

test('a table that is not open has no chairs to show', async () => {
  at = await aTableOfTwo('network');
  expect(await open()).toBeNull();
});

test('what was typed of an absence is taken, or told what is wrong with it', () => {
  const form = (given: Record<string, string>) => {
    const typed = new FormData();
    for (const [key, value] of Object.entries({ who: 'buren', why: 'vergeten', ...given }))
      typed.set(key, value);
    return parseAbsence(typed, '2026-11-25');
  };
  expect(form({ since: '2021' })).toMatchObject({ ok: true, value: { since: '2021-01-01', openly: false } });
  expect(form({ since: '2031' })).toMatchObject({ reason: 'chairs.desk.refused.since' });
  expect(form({ who: '' })).toMatchObject({ reason: 'chairs.desk.refused.who' });
  expect(form({ why: 'x'.repeat(501) })).toMatchObject({ reason: 'chairs.desk.refused.why-long' });
});
