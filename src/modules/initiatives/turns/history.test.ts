import { beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { aMember } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../testing.ts';
import { takeBackTurn } from './commands.server.ts';
import { turnKinds, type TurnKind } from './model.ts';
import { fieldOf, typedFor, year } from './testing.ts';

const database = ownDatabase();
const { admin, idOf, tell, read, periods } = fieldOf(database);
const deeds = turnKinds.filter((kind) => kind !== 'changed');

beforeAll(async () => {
  await layField(
    aField(
      [
        { id: 'wijk', name: 'Wijkhuis' },
        { id: 'oud', name: 'Oud Huis', status: 'ended', endYear: 2019 },
        { id: 'buur', name: 'De Buren' },
      ],
      { relations: [{ id: 'late', from: 'wijk', type: 'refers-to', to: 'buur', since: '2022' }] },
    ),
  );
});

describe('what others told', () => {
  test('is not theirs to tell anew, only to tell differently: both are shown and their own counts', async () => {
    const entry = await idOf('oud');
    const member = await aMember('Hagos', entry);
    const events = await admin<{ fact: string; kind: string }>(
      `select fact, kind from core.life_event where initiative_id = $1 and upper_inf(recorded)`,
      [entry],
    );
    const ended = events.find(({ kind }) => kind === 'ended')?.fact ?? '';
    expect(await tell(member, 'oud', 'ended', year('2023'), { fact: ended })).toEqual({ came: 'not_yours' });
    expect(await withViewer(member, (tx) => takeBackTurn(tx, entry, ended))).toMatchObject({
      reason: 'not_yours',
    });
    expect((await periods('oud')).at(-1)).toMatchObject({ state: 'ended', valid: '[2020-01-01,)' });
    expect(
      await tell(member, 'oud', 'changed', { words: 'Wij zijn nooit gestopt.' }, { insteadOf: ended }),
    ).toEqual({ came: 'laid' });
    expect((await periods('oud')).map(({ state }) => state)).toEqual(['active']);
    expect(await read('oud')).toEqual([
      { kind: 'changed', day: null, said_by: 'own', corrected: false, differs: true },
      { kind: 'founded', day: '2016-01-01', said_by: 'public-sources', corrected: false, differs: false },
      { kind: 'ended', day: '2019-01-01', said_by: 'public-sources', corrected: false, differs: false },
    ]);
  });

  test('comes back in a new import beside what they told, and does not undo it', async () => {
    await layField(aField([{ id: 'oud', name: 'Oud Huis', status: 'ended', endYear: 2018 }]));
    expect((await periods('oud')).map(({ state }) => state)).toEqual(['active']);
  });
});

test('a turn that a relation does not fit is asked again, and with a yes that relation is let go', async () => {
  const entry = await idOf('wijk');
  const member = await aMember('Noor', entry);
  const asked = await tell(member, 'wijk', 'ended', year('2020'));
  expect(asked).toMatchObject({ came: 'back', outside: ['De Buren'] });
  expect(await tell(member, 'wijk', 'ended', { ...year('2020'), anyway: 'yes' })).toEqual({ came: 'laid' });
  expect(await admin(`select upper_inf(recorded) as held from core.relation where key = 'late'`)).toEqual([
    { held: false },
  ]);
  expect(await admin(`select from pub.relation where key = 'late'`)).toEqual([]);
});

test('two who tell of one entry at the same moment tell one after the other', async () => {
  await layField(aField([{ id: 'druk', name: 'Druk Huis' }]));
  const member = await aMember('Ida', await idOf('druk'));
  const all = await Promise.all(
    Array.from({ length: 6 }, () => tell(member, 'druk', 'paused', year('2019'))),
  );
  expect(all.filter(({ came }) => came === 'laid')).toHaveLength(1);
  expect(all.filter(({ came }) => came === 'back')).toHaveLength(5);
});

test('whatever is told, told anew and taken back, no telling is ever lost or altered in the database', async () => {
  await layField(aField([{ id: 'lang', name: 'Lang Leven' }]));
  const entry = await idOf('lang');
  const member = await aMember('Roza', entry);
  const held = () =>
    admin<{ row: string; open: boolean }>(
      `select (to_jsonb(e) - 'recorded')::text || lower(e.recorded) as row, upper_inf(e.recorded) as open from core.life_event e where initiative_id = $1`,
      [entry],
    );
  let told = 0;
  const anyDeed = fc.record({
    deed: fc.constantFrom('tell', 'tell', 'again', 'back'),
    kind: fc.constantFrom(
      ...deeds.filter((kind) => kind !== 'split' && kind !== 'merged'),
      'revived' as const,
    ),
    when: fc.integer({ min: 2014, max: 2025 }),
    month: fc.integer({ min: 1, max: 12 }),
    which: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { minLength: 3, maxLength: 6 }), async (steps) => {
      for (const { deed, kind, when, month, which } of steps) {
        const before = await held();
        const mine = await admin<{ fact: string; kind: TurnKind }>(
          `select fact, kind from core.life_event where initiative_id = $1 and said_by = 'own' and upper_inf(recorded) order by fact`,
          [entry],
        );
        const one = mine[which % Math.max(1, mine.length)];
        const typed = {
          ...typedFor[one && deed === 'again' ? one.kind : kind],
          'when-year': String(when),
          'when-month': String(month),
        };
        if (deed === 'back' && one) await withViewer(member, (tx) => takeBackTurn(tx, entry, one.fact));
        else if (deed === 'again' && one) await tell(member, 'lang', one.kind, typed, { fact: one.fact });
        else if ((await tell(member, 'lang', kind, { ...typed, name: `Naam ${when}` })).came === 'laid')
          told++;
        const after = await held();
        const rows = new Map(after.map(({ row, open }) => [row, open]));
        for (const { row, open } of before) {
          expect(rows.has(row)).toBe(true);
          // What is no longer held does not come back by itself.
          if (!open) expect(rows.get(row)).toBe(false);
        }
      }
    }),
    { numRuns: 12 },
  );
  expect(told).toBeGreaterThan(5);
  const overlaps = await admin(
    `select from core.initiative_period a join core.initiative_period b on a.initiative_id = b.initiative_id and a.valid && b.valid and a.ctid <> b.ctid`,
  );
  expect(overlaps).toEqual([]);
});
