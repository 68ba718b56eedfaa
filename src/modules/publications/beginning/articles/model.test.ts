import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standings } from '../../model.ts';
import { copiedIn, copiedWords, mayMove, onceWritten, steps, type Flowing, type UsedVoice } from './model.ts';

const voice = (words: Partial<UsedVoice> = {}): UsedVoice => ({
  piece: 'a',
  ways: ['quotes'],
  askedOn: '2026-01-01',
  shownOn: null,
  answer: 'agree',
  ...words,
});
const article = (words: Partial<Flowing> = {}): Flowing => ({
  standing: 'told-back',
  blocks: 3,
  voices: [voice()],
  copied: 0,
  ...words,
});

test('an article is told back only once everyone whose words it uses was asked', () => {
  const draft = article({ standing: 'draft', voices: [voice(), voice({ piece: 'b', askedOn: null })] });
  expect(mayMove(draft, 'told-back', '2026-02-01')).toMatchObject({
    reason: 'voices_not_asked',
    details: { count: 1 },
  });
  expect(mayMove({ ...draft, voices: [voice()] }, 'told-back', '2026-02-01').ok).toBe(true);
  expect(mayMove(article({ standing: 'draft', blocks: 0 }), 'told-back', '2026-02-01')).toMatchObject({
    reason: 'nothing_written',
  });
});

test('who did not answer has fourteen days from the day they saw it, or else from the day they were asked', () => {
  const silent = article({ voices: [voice({ answer: null })] });
  expect(mayMove(silent, 'ready', '2026-01-14')).toMatchObject({ reason: 'voices_not_answered' });
  expect(mayMove(silent, 'ready', '2026-01-15').ok).toBe(true);
  const seenLater = article({ voices: [voice({ answer: null, shownOn: '2026-01-10' })] });
  expect(mayMove(seenLater, 'ready', '2026-01-15')).toMatchObject({ reason: 'voices_not_answered' });
  expect(mayMove(seenLater, 'ready', '2026-01-24').ok).toBe(true);
});

test('nothing is ready while someone who said out is still in, or while it holds words outside a quote', () => {
  expect(mayMove(article({ voices: [voice({ answer: 'out' })] }), 'ready', '2027-01-01')).toMatchObject({
    reason: 'voices_still_in',
  });
  expect(mayMove(article({ copied: 2 }), 'ready', '2027-01-01')).toMatchObject({
    reason: 'words_copied',
    details: { count: 2 },
  });
});

test('an article moves along its flow alone, may always be written on again, and is never called released by hand', () => {
  for (const standing of standings)
    for (const to of ['pitch', 'draft', 'told-back', 'ready'] as const)
      expect(mayMove(article({ standing }), to, '2027-01-01').ok).toBe(steps[standing].includes(to));
  for (const standing of standings.slice(1))
    if (standing !== 'draft') expect(steps[standing]).toContain('draft');
});

test('an article goes the ways that docs/states/article.md draws, and no other', async () => {
  const page = await readFile('docs/states/article.md', 'utf8');
  const drawn = [...page.matchAll(/^ {2}([a-z_]+) --> ([a-z_]+):/gm)].map((way) =>
    way.slice(1, 3).map((word) => word.replace('_', '-')),
  );
  const known = standings.flatMap((from) => steps[from].map((to) => [from, to]));
  expect(drawn.map(String).sort()).toEqual([...known, ['ready', 'released']].map(String).sort());
});

const said = 'Ik kwam in de winter aan, met één koffer en een foto van mijn moeder.';

test('eight words in a row of a voice are found in a paragraph, whatever signs and marks stand between them', () => {
  const [found] = copiedWords('Zij vertelt: ik *kwam* in de\nwinter aan; met **één** koffer naar Arnhem.', [
    said,
  ]);
  expect(found).toEqual({ voice: 0, words: 'ik kwam in de winter aan met één' });
  expect(copiedWords('Ik kwam in de winter aan, met twee tassen.', [said])).toEqual([]);
  expect(
    copiedWords('جئت في الشتاء مع حقيبة واحدة وصورة أمي، وكان البرد شديدا', [
      'جئت في الشتاء مع حقيبة واحدة وصورة أمي',
    ]),
  ).toHaveLength(1);
  expect(copiedWords('Het ging goed.', ['Ja.'])).toEqual([]);
});

test('words of a voice of eight or more are found wherever they stand in a text', () => {
  const words = fc.array(fc.constantFrom('ik', 'kwam', 'aan', 'in', 'de', 'winter', 'ja'), {
    minLength: 8,
    maxLength: 20,
  });
  const around = fc.array(fc.constantFrom('toen', 'en', 'zij', 'zei'), { maxLength: 6 });
  fc.assert(
    fc.property(words, around, around, (voiced, before, after) => {
      expect(copiedWords([...before, ...voiced, ...after].join(', '), [voiced.join(' ')])).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test('only what somebody typed can be copied from a voice; a quote is the voice itself', () => {
  const words = 'Ik kwam in de winter aan met één koffer.';
  const block = (id: string, kind: 'paragraph' | 'quote' | 'figure') => ({ id, kind, text: words });
  const blocks = [block('a', 'paragraph'), block('b', 'quote'), block('c', 'figure')];
  expect(copiedIn(blocks, [words])).toEqual(['a']);
});

test('an article that was ready or went out is a draft once somebody writes on it; any other stays where it stands', () => {
  expect(standings.map(onceWritten)).toEqual(['pitch', 'draft', 'told-back', 'draft', 'draft']);
});
