import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chairReach, layChairs, layDots, line, type SeatToDraw } from './model.ts';

const seats = fc.array(
  fc.record({
    shell: fc.integer({ min: 1, max: 3 }),
    state: fc.constantFrom('taken' as const, 'open' as const),
    directs: fc.boolean(),
    refugeeLed: fc.boolean(),
  }),
  { maxLength: 40 },
);
const named = (list: readonly Omit<SeatToDraw, 'id'>[]): SeatToDraw[] =>
  list.map((seat, at) => ({ ...seat, id: String(at) }));

test('no chair lies on another, on the table, or outside the drawing, however many there are', () => {
  fc.assert(
    fc.property(seats, (list) => {
      const drawn = layChairs(named(list), 3, 'ltr');
      for (const [at, chair] of drawn.chairs.entries()) {
        for (const other of drawn.chairs.slice(0, at))
          expect(Math.hypot(chair.x - other.x, chair.y - other.y)).toBeGreaterThan(chairReach * 2 - 4);
        expect(Math.hypot(chair.x - drawn.size / 2, chair.y - drawn.size / 2) - chairReach).toBeGreaterThan(
          drawn.table - 30,
        );
        for (const side of [chair.x, chair.y]) {
          expect(side - chairReach).toBeGreaterThanOrEqual(0);
          expect(side + chairReach).toBeLessThanOrEqual(drawn.size);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('a table is drawn the other way round for who reads from right to left', () => {
  const list = named([1, 2, 3].map(() => ({ shell: 1, state: 'taken', directs: false, refugeeLed: false })));
  const [ltr, rtl] = [layChairs(list, 1, 'ltr'), layChairs(list, 1, 'rtl')];
  for (const [at, chair] of ltr.chairs.entries())
    expect(Math.abs(chair.x + (rtl.chairs[at]?.x ?? 0) - ltr.size)).toBeLessThanOrEqual(1);
});

test('two parties at one place on the line both stay to be seen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ position: fc.integer({ min: 0, max: 100 }), itself: fc.boolean() }), {
        maxLength: 12,
      }),
      (places) => {
        const { dots } = layDots(places, 'ltr');
        expect(dots).toHaveLength(places.length);
        for (const [at, dot] of dots.entries())
          for (const other of dots.slice(0, at))
            expect(dot.level !== other.level || Math.abs(dot.x - other.x) >= line.rise).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});
