import { expect, test } from 'vitest';
import { dutchSyllables, fleschDouma, hintFor, lixOf, readabilityOf } from './model.ts';

test.each([
  ['verantwoordelijkheid', 6],
  ['huis', 1],
  ['nieuwe', 2],
  ['eeuw', 1],
  ['mooi', 1],
  ['ideeën', 3],
  ['beëindigen', 4],
  ['geëerd', 2],
  ['inburgering', 4],
  ['gemeente', 3],
  ['vrijwilliger', 4],
  ['samenwerken', 4],
  ['buurthuizen', 3],
  ['IJsland', 2],
  ['café', 2],
  ['12', 1],
])('%s has %i syllables', (word, many) => {
  expect(dutchSyllables(word)).toBe(many);
});

// Worked out by hand from the two formulas.
test('Flesch-Douma and LIX are what their makers wrote', () => {
  expect(fleschDouma(130, 100, 10)).toBeCloseTo(206.84 - 100.1 - 9.3, 10);
  expect(fleschDouma(6, 6, 1)).toBeCloseTo(124.26, 10);
  expect(lixOf(100, 20, 10)).toBe(30);
});

test('a plain Dutch sentence of six words with six syllables scores 124.26 and LIX 6', () => {
  // De-kat-zit-op-de-mat: 206.84 - 0.77 x 100 - 0.93 x 6; no word of more than six letters.
  expect(readabilityOf('De kat zit op de mat.', 'nl')).toMatchObject({ words: 6, sentences: 1, lix: 6 });
  expect(readabilityOf('De kat zit op de mat.', 'nl').douma).toBeCloseTo(124.26, 10);
});

test('a sentence of policy scores far below zero', () => {
  // De (1) gemeentelijke (5) verantwoordelijkheid (6) betreft (2) inburgeringsvoorzieningen (8): 22 in 5 words, 4 long ones.
  const { douma, lix } = readabilityOf(
    'De gemeentelijke verantwoordelijkheid betreft inburgeringsvoorzieningen.',
    'nl',
  );
  expect(douma).toBeCloseTo(206.84 - 0.77 * 440 - 0.93 * 5, 10);
  expect(lix).toBeCloseTo(5 + 80, 10);
});

test('lines of a list are sentences of their own', () => {
  expect(readabilityOf('brood\nmelk\nkaas', 'nl').sentences).toBe(3);
});

test('no figure is given where it says nothing', () => {
  expect(readabilityOf('كنا نجلس معا كل مساء', 'ar')).toMatchObject({ words: 5, douma: null, lix: null });
  expect(readabilityOf('We sat together.', 'en').douma).toBeNull();
  expect(readabilityOf('', 'nl')).toEqual({ words: 0, sentences: 0, douma: null, lix: null, longest: 0 });
  expect(hintFor(readabilityOf('كنا نجلس معا. '.repeat(20), 'ar'))).toBeNull();
});

test('a hint is friendly: nothing for a few words, and it names what helps', () => {
  expect(hintFor(readabilityOf('Onoverzichtelijke verantwoordelijkheden.', 'nl'))).toBeNull();
  expect(hintFor(readabilityOf('De kat zit op de mat. '.repeat(6), 'nl'))).toBe('easy');
  expect(
    hintFor(
      readabilityOf(
        'De gemeentelijke verantwoordelijkheid betreft inburgeringsvoorzieningen. '.repeat(8),
        'nl',
      ),
    ),
  ).toBe('hard');
  expect(hintFor(readabilityOf(`${'en de kat zit op de mat '.repeat(5)}.`, 'nl'))).toBe('long-sentence');
  expect(hintFor(readabilityOf(`${'We came by boat and we stayed here. '.repeat(5)}`, 'en'))).toBe('easy');
});
