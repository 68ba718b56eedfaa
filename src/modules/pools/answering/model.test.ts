import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLater } from '#platform/clock.ts';
import { silence, type Answer, type AnswerToPoint } from './model.ts';

const handedOn = '2026-11-25';
const answered = (said: AnswerToPoint, after: number, until: number | null = null): Answer => ({
  said,
  language: 'nl',
  text: 'Zo staat het.',
  day: daysLater(handedOn, after),
  untilDay: until === null ? null : daysLater(handedOn, until),
});

test('a point without an answer is silent since the handover, one that is still decided since the day that was named', () => {
  expect(silence(handedOn, [[]], daysLater(handedOn, 41))).toEqual({ since: handedOn, days: 41, points: 1 });
  const deciding = [[answered('deciding', 10, 40)]];
  expect(silence(handedOn, deciding, daysLater(handedOn, 40))).toBeNull();
  expect(silence(handedOn, deciding, daysLater(handedOn, 45))).toMatchObject({ days: 5, points: 1 });
});

test('an answer that is no longer deciding ends the silence for good, however late it came', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<AnswerToPoint>('done', 'in-part', 'not', 'deciding'), { maxLength: 6 }),
      fc.constantFrom<AnswerToPoint>('done', 'in-part', 'not'),
      fc.nat(3_000),
      (before, last, days) => {
        const answers = [...before, last].map((said, at) =>
          answered(said, at * 10, said === 'deciding' ? at * 10 + 5 : null),
        );
        return silence(handedOn, [answers], daysLater(handedOn, days)) === null;
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

test('silence grows by a day a day, and never counts backwards', () => {
  fc.assert(
    fc.property(fc.nat(2_000), (days) => {
      const one = silence(handedOn, [[], [answered('done', 3)]], daysLater(handedOn, days));
      return one?.days === days && one.points === 1;
    }),
    { seed: 7, numRuns: 200 },
  );
});
