import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toldOf } from '../../people/counting/model.ts';
import {
  heldOfPool,
  shareOfSameFive,
  toldLoads,
  toldOfPool,
  toldSameFive,
  type LoadDeed,
  type ToldLoad,
} from './model.ts';

const cell = (answer: string, people: number, question = 'gender') => ({ question, answer, people });

test('a pool tells who it has from five up, in steps of five', () => {
  expect(toldOfPool([cell('all', 24, 'all'), cell('woman', 14), cell('man', 6)], 24)).toEqual([
    { question: 'all', answer: 'all', atLeast: 20 },
    { question: 'gender', answer: 'woman', atLeast: 10 },
  ]);
});

test('an answer that nearly everyone gave is not told where that would tell who did not', () => {
  expect(toldOfPool([cell('woman', 9)], 9)).toEqual([]);
  expect(toldOfPool([cell('woman', 9)], 13)).toHaveLength(1);
});

test('whoever knows how many are in a pool and reads all it tells leaves five possible numbers for every answer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 10 }),
      (answers, unsaid) => {
        const people = answers.reduce((sum, each) => sum + each, unsaid);
        const held = answers.map((number, at) => cell(`${at}`, number)).filter((each) => each.people > 0);
        const told = toldOfPool(held, people);
        for (const { answer, atLeast } of told) {
          const others = told
            .filter((each) => each.answer !== answer)
            .reduce((sum, each) => sum + each.atLeast + 4, 0);
          const possible = Array.from({ length: 200 }, (_, n) => n).filter(
            (n) => toldOf(n) === atLeast && n + others <= people,
          );
          expect(possible.length).toBeGreaterThanOrEqual(5);
        }
      },
    ),
  );
});

test('one who comes or goes, or takes an answer back, changes no number that is told', () => {
  const held = [cell('woman', 14)];
  expect(heldOfPool(held, [cell('woman', 15)])).toEqual(held);
  expect(heldOfPool(held, [cell('woman', 10)])).toEqual(held);
  expect(heldOfPool(held, [cell('woman', 19)])).toEqual([cell('woman', 19)]);
  expect(heldOfPool(held, [])).toEqual([]);
});

const day = (at: number) =>
  `2026-${String(Math.floor(at / 28) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`;

test('hours and pay are told once five experts moved them, and the difference of two sums is never about fewer', () => {
  const deeds = fc.array(
    fc.record({
      measure: fc.constantFrom<LoadDeed['measure']>('asked', 'given', 'paid'),
      expert: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      day: fc.integer({ min: 0, max: 300 }).map(day),
      amount: fc.integer({ min: 1, max: 600 }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(deeds, (all) => {
      let told: ToldLoad[] = [];
      for (const until of ['2026-04-01', '2026-07-01', '2026-10-01']) {
        const next = toldLoads(told, all, until);
        for (const each of next) {
          const before = told.find(({ measure }) => measure === each.measure);
          if (before && before.amount === each.amount) continue;
          const movers = all.filter(
            (deed) => deed.measure === each.measure && deed.day >= (before?.until ?? '') && deed.day < until,
          );
          expect(new Set(movers.map(({ expert }) => expert)).size).toBeGreaterThanOrEqual(5);
        }
        told = next;
      }
    }),
  );
});

test('that the same five are asked again and again shows, and is told to anyone only when five others are there', () => {
  expect(shareOfSameFive([600, 600, 600, 600, 600, 0, 0])).toBe(1);
  expect(shareOfSameFive([])).toBeNull();
  expect(toldSameFive([600, 600, 600, 600, 600, 0, 0])).toBeNull();
  expect(toldSameFive([600, 600, 600, 600, 600, 100, 100, 100, 0, 0])).toBe(90);
  expect(toldSameFive([600, 600, 600, 600, 0, 0, 0, 0, 0, 0])).toBeNull();
});
