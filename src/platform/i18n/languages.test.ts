import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLanguage, languageFor, languages, tongues } from './languages.ts';

test.each([
  [null, 'nl'],
  ['', 'nl'],
  ['ar', 'ar'],
  ['ar-SY', 'ar'],
  ['ti-ER,ti;q=0.9,en;q=0.8', 'ti'],
  ['de-DE,de;q=0.9,en;q=0.8', 'en'],
  ['en;q=0.4, uk;q=0.9, tr;q=0.8', 'uk'],
  ['en, fr', 'en'],
  ['fr;q=0.8,en;q=0.8', 'fr'],
  ['prs-AF,ps;q=0.8', 'fa'],
  ['fa-AF', 'fa'],
  ['AR-eg', 'ar'],
  ['ar;q=0, en;q=0.1', 'en'],
  ['ar;q=0', 'nl'],
  ['ar;q=0.000,tr;q=0.001', 'tr'],
  ['en; q=0.2 , fr; q=0.3', 'fr'],
  ['ps,so,ku', 'nl'],
  ['*', 'nl'],
  ['de, *;q=0.5', 'nl'],
  [';;;,,,;q=,=', 'nl'],
  ['__proto__,constructor', 'nl'],
  ['<script>,ar', 'ar'],
] as const)('who says %j reads %s', (header, language) => {
  expect(languageFor(header)).toBe(language);
});

test('whatever a header says, the answer is one of our languages, and soon', () => {
  const began = performance.now();
  fc.assert(
    fc.property(fc.string({ maxLength: 3000, unit: 'binary' }), (header) => {
      expect(isLanguage(languageFor(header))).toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(languageFor(`${'ar;q=0.1,'.repeat(100_000)}fr`)).toBe('ar');
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a language is told by its own name, and who writes from right to left is known', () => {
  expect(languages.filter((language) => tongues[language].direction === 'rtl')).toEqual(['ar', 'fa']);
  expect(languages.every((language) => isLanguage(language))).toBe(true);
  for (const word of ['', 'NL', 'nl-NL', 'de', '__proto__', 'constructor'])
    expect(isLanguage(word)).toBe(false);
  expect(new Set(languages.map((language) => tongues[language].ownName)).size).toBe(languages.length);
});
