import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aField, asAdmin, layField } from '../../initiatives/testing.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { tableGoerOf, tableSetterOf, type TableGoer } from '../access.ts';
import { disagree, noteDecision, noteMeeting } from '../deciding/commands.server.ts';
import { chooseDirector, place } from '../directing/commands.server.ts';
import { deskTable, openTable, openTables } from '../reading/queries.server.ts';
import { letGoOfKeeping, openTableTo, setUpTable } from '../setting/commands.server.ts';
import type { TableWish } from '../setting/model.ts';
import { aTable } from '../testing.ts';
import { layOutSeat, showSeat, stepSeat } from './commands.server.ts';
import type { SeatStep } from './model.ts';

const database = ownDatabase();
const ids: Record<string, string> = {};
const on = '2026-11-25';
let keeper: TableGoer;
let member: TableGoer;
let other: TableGoer;

const goer = (viewer: Viewer): TableGoer => {
  const found = tableGoerOf(viewer);
  if (!found) throw new Error('This viewer comes to no table.');
  return found;
};
const entry = (slug: string) => ids[slug] ?? '';

beforeAll(async () => {
  await layField(
    aField([
      { id: 'taalcafe', name: 'Taalcafé Arnhem', refugeeLed: null },
      { id: 'buurt', name: 'De Buurt' },
      { id: 'gemeente-arnhem', name: 'Gemeente Arnhem', kind: 'municipality' },
    ]),
  );
  for (const row of await asAdmin<{ id: string; slug: string }>(
    database.adminUrl,
    'select id, slug from core.initiative',
  ))
    ids[row.slug] = row.id;
  keeper = goer(await aPerson('Noor', [{ role: 'facilitator' }]));
  member = goer(await aMember('Samira', entry('taalcafe')));
  other = goer(await aMember('Bas', entry('buurt')));
});

const step = (seat: string, deed: SeatStep['deed'], more: Partial<SeatStep> = {}): SeatStep => ({
  seat,
  deed,
  reason: null,
  offer: null,
  when: null,
  shown: 'not-said',
  ...more,
});
const does = (who: TableGoer, one: SeatStep) => withViewer(who, (tx) => stepSeat(tx, who, one, 'nl', on));
const offerTo = (name: string) => ({ entry: name, body: '', chosenBy: 'de groep', ground: 'kent de wijk' });

const wish: TableWish = {
  form: 'development',
  formName: '',
  rings: [],
  name: 'Ontwikkeltafel Arnhem-Zuid',
  purpose: 'Samen bedenken wat hier helpt.',
  agreed: '',
  where: 'municipality GM0202',
  region: '',
  themes: ['language'],
  phases: ['landing'],
  began: '2026-03',
  openTo: 'everyone',
};

test('a table is set up, a seat is offered and taken, something is decided and disagreed with, and the seat is left', async () => {
  const setter = tableSetterOf(keeper);
  if (!setter) throw new Error('Nobody sets up tables.');
  const made = await withViewer(keeper, (tx) => setUpTable(tx, setter, wish, 'nl', on));
  if (!made.ok) throw new Error(made.reason);
  const { id, slug } = made.value;
  const seat = await withViewer(keeper, (tx) =>
    layOutSeat(tx, keeper, id, {
      role: 'een taalinitiatief',
      why: null,
      shell: 1,
      mandate: 'decides',
      mandateWords: null,
    }),
  );
  if (!seat.ok) throw new Error(seat.reason);
  expect(await does(keeper, step(seat.value, 'offer', { offer: offerTo('taalcafé arnhem') }))).toMatchObject({
    ok: true,
  });
  const street = () => withViewer(visitor, (tx) => openTable(tx, slug, 'nl', on));
  expect((await street())?.seats).toMatchObject([
    { state: 'open', holder: null, role: 'een taalinitiatief' },
  ]);
  expect(
    await does(
      member,
      step(seat.value, 'take', { shown: 'yes', when: { day: '2026-04-01', precision: 'month' } }),
    ),
  ).toEqual({
    ok: true,
    value: { state: 'taken', by: 'holder' },
  });
  expect((await street())?.seats).toMatchObject([
    { state: 'taken', holder: { name: 'Taalcafé Arnhem', slug: 'taalcafe' }, since: '2026-04-01' },
  ]);
  expect(
    await withViewer(keeper, (tx) =>
      chooseDirector(tx, keeper, id, { seat: seat.value, ground: 'gekozen door de groep' }, on),
    ),
  ).toMatchObject({ ok: true });
  await withViewer(keeper, (tx) =>
    noteMeeting(
      tx,
      keeper,
      id,
      { day: on, about: 'Taal op het werk', session: null, seats: [seat.value] },
      'nl',
    ),
  );
  const decided = await withViewer(keeper, (tx) =>
    noteDecision(
      tx,
      keeper,
      id,
      {
        day: on,
        what: 'Wij beginnen in het buurthuis.',
        reasons: 'Daar komt iedereen.',
        openTo: 'everyone',
        meeting: null,
        seats: [seat.value],
      },
      'nl',
    ),
  );
  if (!decided.ok) throw new Error(decided.reason);
  const dissent = {
    decision: decided.value,
    seat: seat.value,
    words: 'Het buurthuis is te ver.',
    openly: 'with-name' as const,
  };
  expect(await withViewer(member, (tx) => disagree(tx, member, dissent, 'nl'))).toMatchObject({ ok: true });
  expect(
    await withViewer(member, (tx) =>
      place(
        tx,
        member,
        id,
        { by: seat.value, about: seat.value, position: 70, words: 'Wij laten los.', openly: true },
        'nl',
        on,
      ),
    ),
  ).toMatchObject({ ok: true });
  const read = await street();
  expect(read?.seats[0]?.directsSince).toBe(on);
  expect(read?.meetings).toMatchObject([{ about: 'Taal op het werk', seats: [seat.value] }]);
  expect(read?.decisions).toMatchObject([
    { number: 1, seats: [seat.value], dissent: [{ seat: seat.value, words: 'Het buurthuis is te ver.' }] },
  ]);
  expect(read?.stances).toMatchObject([{ position: 70, words: 'Wij laten los.' }]);
  expect(await does(member, step(seat.value, 'leave', { reason: 'Geen tijd meer.' }))).toMatchObject({
    ok: true,
    value: { state: 'left', by: 'holder' },
  });
  expect((await street())?.seats).toMatchObject([{ state: 'left', until: on, holder: { slug: 'taalcafe' } }]);
  const desk = await withViewer(keeper, (tx) => deskTable(tx, id, 'nl'));
  expect(desk?.seats[0]?.news.map(({ kind, toldBy }) => [kind, toldBy])).toEqual([
    ['offered', 'keeper'],
    ['taken', 'holder'],
    ['left', 'holder'],
  ]);
});

test.each(['table', 'everyone'] as const)(
  'who says no is known to who keeps the table and to nobody else, and the seat waits again (a table open to %s)',
  async (openTo) => {
    const table = await aTable({
      keeper,
      openTo,
      seats: [{ initiative: entry('buurt') }, { initiative: entry('taalcafe'), state: 'offered' }],
    });
    const seat = table.seats[1] ?? '';
    expect(await does(member, step(seat, 'decline', { reason: 'Nu niet.' }))).toMatchObject({
      ok: true,
      value: { state: 'open' },
    });
    const news = (who: Viewer) =>
      withViewer(who, (tx) => tx.selectFrom('core.seat_news').selectAll().where('seat', '=', seat).execute());
    expect(await news(keeper)).toMatchObject([{ kind: 'declined', told_by: 'holder', words: 'Nu niet.' }]);
    expect(await news(member)).toHaveLength(1);
    expect(await news(other)).toEqual([]);
    const seen = await withViewer(member, (tx) => deskTable(tx, table.id, 'nl'));
    expect(seen?.seats.filter(({ state }) => state === 'offered') ?? []).toEqual([]);
  },
);

test('a seat whose holder does not wish to be named leaves no trace on the street, not even its role or a number', async () => {
  const shown = { initiative: entry('buurt'), role: 'een buurtgroep' };
  const without = await aTable({ keeper, openTo: 'everyone', name: 'Dezelfde tafel', seats: [shown] });
  const with_ = await aTable({
    keeper,
    openTo: 'everyone',
    name: 'Dezelfde tafel',
    seats: [shown, { initiative: entry('taalcafe'), shown: 'no', role: 'een vrouwengroep' }],
  });
  const read = async (slug: string) => {
    const found = await withViewer(visitor, (tx) => openTable(tx, slug, 'nl', on));
    return JSON.stringify({
      ...found,
      id: '',
      slug: '',
      seats: found?.seats.map((seat) => ({ ...seat, id: '' })),
    });
  };
  expect(await read(with_.slug)).toBe(await read(without.slug));
  const [a, b] = (await withViewer(visitor, (tx) => openTables(tx, 'nl'))).filter(
    ({ name }) => name === 'Dezelfde tafel',
  );
  expect(a?.seated).toBe(b?.seated);
});

test('whoever leaves the map leaves the open page of the table with it, and is named again when it comes back', async () => {
  const table = await aTable({ keeper, openTo: 'everyone', seats: [{ initiative: entry('taalcafe') }] });
  const names = async () =>
    (await withViewer(visitor, (tx) => openTable(tx, table.slug, 'nl', on)))?.seats.length;
  const hide = (visibility: string) =>
    withViewer(operator, async (tx) => {
      await sql`update core.initiative set visibility = ${visibility} where id = ${entry('taalcafe')}`.execute(
        tx,
      );
      await sql`select core.lay_open(array[${entry('taalcafe')}::uuid])`.execute(tx);
    });
  expect(await names()).toBe(1);
  await hide('hidden');
  expect(await names()).toBe(0);
  await hide('public');
  expect(await names()).toBe(1);
});

test('who keeps the table takes a name away, and never puts one there that was refused', async () => {
  const table = await aTable({
    keeper,
    openTo: 'everyone',
    seats: [{ initiative: entry('taalcafe'), shown: 'no' }],
  });
  const seat = table.seats[0] ?? '';
  const say = (who: TableGoer, shown: 'yes' | 'no') =>
    withViewer(who, (tx) => showSeat(tx, who, { seat, shown }));
  expect(await say(keeper, 'yes')).toMatchObject({ ok: false, reason: 'tables.desk.refused.not-yours' });
  expect(await say(member, 'yes')).toMatchObject({ ok: true });
  expect(await say(keeper, 'no')).toMatchObject({ ok: true });
  expect(await say(other, 'no')).toMatchObject({ ok: false, reason: 'tables.desk.refused.not-there' });
});

test('a table that is not open to everyone is on the street like one that is not there', async () => {
  const table = await aTable({ keeper, openTo: 'network', seats: [{ initiative: entry('taalcafe') }] });
  const street = () => withViewer(visitor, (tx) => openTable(tx, table.slug, 'nl', on));
  expect(await street()).toBeNull();
  expect(await withViewer(keeper, (tx) => openTableTo(tx, keeper, table.id, 'everyone'))).toMatchObject({
    ok: true,
  });
  expect((await street())?.slug).toBe(table.slug);
  expect(await withViewer(other, (tx) => openTableTo(tx, other, table.id, 'table'))).toMatchObject({
    ok: false,
  });
  await withViewer(keeper, (tx) => openTableTo(tx, keeper, table.id, 'table'));
  expect(await street()).toBeNull();
});

test('a table never stays without anybody who keeps it', async () => {
  const table = await aTable({ keeper });
  expect(
    await withViewer(keeper, (tx) => letGoOfKeeping(tx, keeper, { table: table.id, person: keeper.id })),
  ).toMatchObject({ reason: 'tables.desk.refused.last-keeper' });
});

test('a partner sets up tables where they are, and nowhere else', async () => {
  const partner = tableSetterOf(
    await aPerson('Els', [{ role: 'partner', scope: { kind: 'municipality', id: 'GM0202' } }]),
  );
  if (!partner) throw new Error('No partner.');
  const set = (where: string) =>
    withViewer(partner, (tx) => setUpTable(tx, partner, { ...wish, where }, 'nl', on));
  expect(await set('municipality GM0202')).toMatchObject({ ok: true });
  expect(await set('municipality GM0344')).toMatchObject({
    ok: false,
    reason: 'tables.desk.problem.not-here',
  });
});
