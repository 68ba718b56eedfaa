import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heldAfter, isTimeToCount, smallest, toldOf } from './model.ts';

/** Numbers of people as they were counted, quarter after quarter. */
const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 });

test('a number about fewer than five people is never told, however it came about', () => {
  fc.assert(
    fc.property(counts, (people) => {
      let held = 0;
      for (const counted of people) {
        held = heldAfter(held, counted);
        if (counted < smallest) expect(toldOf(held)).toBeNull();
      }
    }),
  );
});

test('what is told is true of the people who were counted, and is a step of five', () => {
  fc.assert(
    fc.property(counts, (people) => {
      let held = 0;
      for (const counted of people) {
        held = heldAfter(held, counted);
        const told = toldOf(held);
        if (told === null) continue;
        expect(told).toBeLessThanOrEqual(counted);
        expect(told % smallest).toBe(0);
      }
    }),
  );
});

test('two pictures that are told never differ by fewer than five people', () => {
  fc.assert(
    fc.property(counts, (people) => {
      let held = 0;
      let last = { told: null as number | null, counted: 0 };
      for (const counted of people) {
        held = heldAfter(held, counted);
        const told = toldOf(held);
        if (held === counted && told !== last.told)
          expect(Math.abs(counted - last.counted)).toBeGreaterThanOrEqual(smallest);
        if (held === counted) last = { told, counted };
        else expect(told).toBe(last.told);
      }
    }),
  );
});

test('one person who tells or takes back changes nothing anyone can see, whatever was told before', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom(-1, 1), (people, one) => {
      const held = people.reduce(heldAfter, 0);
      // Counted and told just now; then one person comes or goes.
      fc.pre(held === people.at(-1));
      expect(toldOf(heldAfter(held, Math.max(0, held + one)))).toBe(toldOf(held));
    }),
  );
});

test('from all that is told of all years nobody works out how many people a year has', () => {
  // Each cell is told by itself and no sums are: every cell leaves at least five numbers possible, also together with all others.
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }), (years) => {
      for (const people of years) {
        const told = toldOf(heldAfter(0, people));
        const possible = Array.from({ length: 60 }, (_, n) => n).filter(
          (n) => toldOf(heldAfter(0, n)) === told,
        );
        expect(possible.length).toBeGreaterThanOrEqual(smallest);
      }
    }),
  );
});

test('people are counted once in a quarter', () => {
  expect(isTimeToCount(null, '2026-11-22')).toBe(true);
  expect(isTimeToCount('2026-10-01', '2026-12-31')).toBe(false);
  expect(isTimeToCount('2026-12-31', '2027-01-01')).toBe(true);
  expect(isTimeToCount('2026-03-31', '2026-04-01')).toBe(true);
});

test('a rule that tells each number from five up as it is would be found out by these judges', () => {
  const plain = (people: number) => (people >= smallest ? people : null);
  const changesByOne = (told: (people: number) => number | null) =>
    Array.from({ length: 60 }, (_, n) => n).some((n) => told(n) !== told(n + 1));
  const stays = (people: number) => toldOf(heldAfter(people, people + 1));
  expect(changesByOne(plain)).toBe(true);
  expect(
    changesByOne((people) => (plain(people) === null ? null : Math.floor(people / smallest) * smallest)),
  ).toBe(true);
  expect(Array.from({ length: 60 }, (_, n) => n).every((n) => stays(n) === toldOf(n))).toBe(true);
});
