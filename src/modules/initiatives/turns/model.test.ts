import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { livesOf } from '../model.ts';
import { refusalOf } from './fitting/model.ts';
import {
  effectsOf,
  periodsIn,
  stateOn,
  tellingsOf,
  turnKinds,
  withTold,
  without,
  writtenDay,
  type Life,
  type Turn,
} from './model.ts';
import { aLife, aShape, aTurn } from './testing.ts';

const today = '2026-11-22';
const told = (life: Life, turn: Turn, fact = 'turn') => withTold(life, tellingsOf(turn, today), fact, 'own');
const statesOf = (life: Life) => periodsIn(life).map(({ state }) => state);

const aDay = fc
  .date({ min: new Date('2010-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const aTime = fc.oneof(
  fc.constant({ day: null, precision: 'unknown' as const }),
  aDay.map((day) => ({ day, precision: 'day' as const })),
  aDay.map((day) => ({ day: `${day.slice(0, 7)}-01`, precision: 'month' as const })),
  aDay.map((day) => ({ day: `${day.slice(0, 4)}-01-01`, precision: 'year' as const })),
  aDay.map((day) => ({ day: `${day.slice(0, 4)}-01-01`, precision: 'around' as const })),
);
const anyTurn = fc
  .record({
    kind: fc.constantFrom(...turnKinds),
    when: aTime,
    name: fc.constantFrom('Ander huis', 'Nieuw huis'),
    goesOn: fc.boolean(),
    into: fc.constantFrom('self' as const, { name: 'Samen' }, { entry: 'e9' }),
    others: fc.array(fc.constantFrom({ entry: 'e1' }, { name: 'Noord' }, { name: 'Zuid' }), { maxLength: 3 }),
  })
  .map(({ kind, when, name, goesOn, into, others }) =>
    aTurn({
      kind,
      ...when,
      change: kind === 'renamed' ? { name } : {},
      goesOn,
      into: kind === 'merged' ? into : null,
      others: kind === 'split' || kind === 'merged' ? others : [],
    }),
  );
const manyTurns = fc.array(anyTurn, { minLength: 1, maxLength: 8 });

/** Tells turn after turn, those that can be told, and hands each step to `look`. */
function live(turns: readonly Turn[], look: (before: Life, turn: Turn, after: Life) => void): void {
  let life = aLife();
  for (const [at, turn] of turns.entries()) {
    if (refusalOf(turn, life, today, 'own') !== null) continue;
    const after = told(life, turn, `turn-${at}`);
    look(life, turn, after);
    life = after;
  }
}

describe('whatever is told in whatever order', () => {
  test('enough of it can be told that the rest proves something', () => {
    let told = 0;
    for (const turns of fc.sample(manyTurns, { numRuns: 200, seed: 2015 })) live(turns, () => told++);
    expect(told).toBeGreaterThan(300);
  });

  test('periods follow each other without a gap and never overlap', () => {
    fc.assert(
      fc.property(manyTurns, (turns) => {
        live(turns, (_, __, after) => {
          const periods = periodsIn(after);
          for (const [at, period] of periods.entries()) {
            const next = periods[at + 1];
            expect(period.until).toBe(next ? next.from : null);
            if (period.from !== null && period.until !== null) expect(period.from < period.until).toBe(true);
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  test('history is only added to: every telling that was there is there unchanged', () => {
    fc.assert(
      fc.property(manyTurns, (turns) => {
        live(turns, (before, turn, after) => {
          expect(after.tellings.slice(0, before.tellings.length)).toEqual(before.tellings);
          expect(after.start).toBe(before.start);
          expect(after.tellings.length).toBe(before.tellings.length + tellingsOf(turn, today).length);
        });
      }),
    );
  });

  test('what happens later takes nothing away from the days before it', () => {
    fc.assert(
      fc.property(manyTurns, (turns) => {
        live(turns, (before, turn, after) => {
          const { day } = writtenDay(turn.kind, turn, today);
          if (day === null || turn.kind === 'founded') return;
          for (const earlier of ['2016-03-01', '2017-05-05', '2019-12-31', '2023-01-01'])
            if (earlier < day) {
              expect(stateOn(periodsIn(after), earlier)).toBe(stateOn(periodsIn(before), earlier));
            }
        });
      }),
    );
  });

  test('what a turn says of how it stood can be seen in the life', () => {
    fc.assert(
      fc.property(manyTurns, (turns) => {
        live(turns, (_, turn, after) => {
          const state = { paused: 'paused', ended: 'ended', revived: 'active', founded: 'active' }[
            turn.kind as 'paused'
          ];
          if (!state) return;
          expect(statesOf(after)).toContain(state);
        });
      }),
    );
  });

  test('a turn that is told and taken back leaves the life as it was', () => {
    fc.assert(
      fc.property(manyTurns, (turns) => {
        live(turns, (before, turn) => {
          const again = without(told(before, turn, 'one-more'), 'one-more');
          expect(periodsIn(again)).toEqual(periodsIn(before));
        });
      }),
    );
  });
});

describe('a split', () => {
  const aSplit = fc.record({
    day: aDay,
    goesOn: fc.boolean(),
    others: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
  });

  test('keeps both lives: the old one up to that day, and its own beyond where it goes on', () => {
    fc.assert(
      fc.property(aSplit, ({ day, goesOn, others }) => {
        const turn = aTurn({ kind: 'split', day, goesOn, others: others.map((name) => ({ name })) });
        const life = aLife();
        if (refusalOf(turn, life, today, 'own') !== null) return;
        const [before] = livesOf(periodsIn(life));
        const [after, ...more] = livesOf(periodsIn(told(life, turn)));
        expect(more).toEqual([]);
        expect(after?.from).toBe(before?.from);
        expect(after?.until === null).toBe(goesOn);
        if (!goesOn) expect((after?.until ?? '') > day).toBe(true);
      }),
    );
  });

  test('brings forth each new name with the same work, on that day, out of the old one', () => {
    const turn = aTurn({ kind: 'split', others: [{ name: 'Noord' }, { entry: 'there' }], goesOn: false });
    const { born, ties, tellings } = effectsOf(turn, aLife(), today);
    expect(born).toEqual([
      {
        founded: { day: '2020-06-01', precision: 'day' },
        shape: { ...aShape, name: 'Noord', formality: null, ledBy: 'not-said', audiences: [], languages: [] },
      },
    ]);
    expect(ties).toMatchObject([
      { from: { born: 0 }, type: 'grew-out-of', to: 'self', since: { day: '2020-06-01' } },
      { from: { entry: 'there' }, type: 'grew-out-of', to: 'self' },
    ]);
    expect(tellings.map(({ kind }) => kind)).toEqual(['split', 'ended']);
  });
});

describe('a merger', () => {
  test('into another ends the one that tells it, and ties it to the other', () => {
    const turn = aTurn({ kind: 'merged', into: { entry: 'other' }, goesOn: false });
    const { ties, tellings, born } = effectsOf(turn, aLife(), today);
    expect(tellings.map(({ kind }) => kind)).toEqual(['merged', 'ended']);
    expect(ties).toMatchObject([{ from: 'self', type: 'merged-into', to: { entry: 'other' } }]);
    expect(born).toEqual([]);
    expect(stateOn(periodsIn(told(aLife(), turn)), '2020-06-02')).toBe('ended');
  });

  test('of others into us leaves our life as it is, and says nothing of when they began', () => {
    const turn = aTurn({ kind: 'merged', into: 'self', others: [{ name: 'Buren', wasThere: true }] });
    const { ties, tellings, born } = effectsOf(turn, aLife(), today);
    expect(tellings.map(({ kind }) => kind)).toEqual(['merged']);
    expect(ties).toMatchObject([{ from: { born: 0 }, type: 'merged-into', to: 'self' }]);
    expect(born[0]?.founded).toEqual({ day: null, precision: 'unknown' });
    expect(periodsIn(told(aLife(), turn))).toEqual(periodsIn(aLife()));
  });

  test('into something new brings all of them there', () => {
    const turn = aTurn({ kind: 'merged', into: { name: 'Samen' }, others: [{ entry: 'x' }], goesOn: false });
    expect(effectsOf(turn, aLife(), today).ties).toMatchObject([
      { from: 'self', to: { born: 0 } },
      { from: { entry: 'x' }, to: { born: 0 } },
    ]);
  });
});
