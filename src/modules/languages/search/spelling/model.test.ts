import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atMostOneLetterApart, nearMarks, nearProbes } from './model.ts';

const word = fc.string({ unit: fc.constantFrom(...'abcdeüжشሰ'), minLength: 3, maxLength: 24 });
const letter = fc.constantFrom(...'abcdeüжشሰ');

const meets = (kept: string, asked: string) => {
  const marks = new Set(nearMarks(kept));
  return nearProbes(asked).some((probe) => marks.has(probe));
};

test('a word with any one letter wrong still meets the word that was meant, wherever the mistake is', () => {
  fc.assert(
    fc.property(word, fc.nat(), letter, (meant, at, other) => {
      const letters = [...meant];
      const place = at % letters.length;
      const wrong = [
        letters.toSpliced(place, 1),
        letters.toSpliced(place, 0, other),
        letters.with(place, other),
        ...(place > 0
          ? [letters.with(place, letters[place - 1] ?? '').with(place - 1, letters[place] ?? '')]
          : []),
      ].map((each) => each.join(''));
      for (const asked of wrong) {
        expect(meets(meant, asked), `${asked} for ${meant}`).toBe(true);
        expect(atMostOneLetterApart(meant, asked)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('two letters wrong is another word', () => {
  expect(atMostOneLetterApart('arnhem', 'arnheim')).toBe(true);
  expect(atMostOneLetterApart('arnhem', 'ahrnheim')).toBe(false);
  expect(atMostOneLetterApart('abcd', 'dbca')).toBe(false);
});
