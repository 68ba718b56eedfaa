import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalWords, isCarried, type SaidOfWhole } from './model.ts';

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
    handedOn: '2026-11-25',
  };
  const point = (text: string) => ({ id: '', number: 1, language: 'nl', text, voices: [], dissent: [] });
  const write = (text: string, lot = 'a') =>
    canonicalWords(heading, { points: [point(text)], words: [] }, lot);
  expect(write('Een  kamer.\r\n')).toBe(write('Een kamer.'));
  expect(write('Een kamer.', 'b')).not.toBe(write('Een kamer.'));
  expect(write('Een kamer.').endsWith('point 1 [nl] Een kamer.\n')).toBe(true);
});
