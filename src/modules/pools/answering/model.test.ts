import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLater } from '#platform/clock.ts';
import { isCarried, canonicalWords, type SaidOfWhole } from '../advising/model.ts';
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

test('a pool never agrees on silence alone, on less than half, or in the first round against a not yet', () => {
  const said = fc.array(fc.constantFrom<SaidOfWhole | null>('yes', 'yes-with', 'not-yet', null), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(said, fc.integer({ min: 1, max: 3 }), fc.boolean(), (all, round, over) => {
      const days = { on: over ? '2026-12-10' : '2026-12-01', until: '2026-12-05' };
      if (!isCarried(all, round, days)) return true;
      const yes = all.filter((one) => one?.startsWith('yes')).length;
      return (
        yes >= 1 &&
        yes * 2 >= all.length &&
        (over || !all.includes(null)) &&
        (round > 1 || !all.includes('not-yet'))
      );
    }),
    { seed: 7, numRuns: 1_000 },
  );
  const days = { on: '2026-12-10', until: '2026-12-05' };
  expect(isCarried([null, null, 'yes'], 1, days)).toBe(false);
  expect(isCarried(['yes', 'yes', 'not-yet'], 2, days)).toBe(true);
});

test('the words of an advice are written in one way, whatever white space they were typed with, and differ by their lot', () => {
  const heading = {
    title: 'Wachten',
    clientName: 'Gelderland',
    question: 'Wat helpt?',
    mayChange: 'Alles.',
    handedOn,
  };
  const point = (text: string) => ({ id: '', number: 1, language: 'nl', text, voices: [], dissent: [] });
  const write = (text: string, lot = 'a') =>
    canonicalWords(heading, { points: [point(text)], words: [] }, lot);
  expect(write('Een  kamer.\r\n')).toBe(write('Een kamer.'));
  expect(write('Een kamer.', 'b')).not.toBe(write('Een kamer.'));
  expect(write('Een kamer.').endsWith('point 1 [nl] Een kamer.\n')).toBe(true);
});
