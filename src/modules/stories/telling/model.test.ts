import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf, type Doc } from '../document/model.ts';
import {
  asItAppears,
  paragraph,
  paragraphsIn,
  reblocked,
  sheetOf,
  wordsOf,
  type WordBlock,
} from './model.ts';

let made = 0;
const newKey = () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
const block = (text: string) => paragraph(newKey(), text, 'nl');
const keyed = (blocks: readonly WordBlock[]) => blocks.map((each) => [each.attrs.id, textOf(each)]);
const again = (old: readonly WordBlock[], ...texts: string[]) =>
  reblocked(old, texts.join('\n\n'), 'nl', newKey);

test('what was not touched keeps its key, whatever is written before, between and after it', () => {
  const [one, two] = [block('Ik kwam aan.'), block('Er stond thee klaar.')];
  const now = again([one, two], 'Vooraf.', 'Ik kwam aan.', 'Tussenin.', 'Er stond thee klaar.', 'Daarna.');
  expect(now[1]).toBe(one);
  expect(now[3]).toBe(two);
});

test('a paragraph that was changed between neighbours that were not keeps its key', () => {
  const old = [block('Een.'), block('Twee.'), block('Drie.')];
  const now = again(old, 'Een.', 'Iets heel anders.', 'Drie.');
  expect(now.map(({ attrs }) => attrs.id)).toEqual(old.map(({ attrs }) => attrs.id));
});

test('two neighbours that were both mended keep their keys, as long as it is plain which is which', () => {
  const old = [block('Wij aten samen in de grote zaal'), block('Mijn moeder belde elke avond op')];
  const now = again(old, 'Wij aten samen in de kleine zaal', 'Mijn moeder belde elke ochtend op');
  expect(now.map(({ attrs }) => attrs.id)).toEqual(old.map(({ attrs }) => attrs.id));
});

test('when a twin goes, the one that stays inherits no key: nobody knows which of them it was', () => {
  const old = [block('Dank je wel.'), block('Dank je wel.')];
  const [left] = again(old, 'Dank je wel.');
  expect(old.map(({ attrs }) => attrs.id)).not.toContain(left?.attrs.id);
});

test('what was cut out and written elsewhere takes the key of no other words', () => {
  const old = [block('Een.'), block('Twee.'), block('Drie.')];
  const now = again(old, 'Twee.', 'Iets nieuws.', 'Drie.', 'Nog iets.');
  expect(keyed(now)).toContainEqual([old[1]?.attrs.id, 'Twee.']);
  expect(now.map(({ attrs }) => attrs.id)).not.toContain(old[0]?.attrs.id);
});

test('in 10,000 random edits no key stands twice, unchanged words that have no twin keep theirs, and a key that changed its words never passed one that stayed', () => {
  const word = fc.constantFrom(
    'Een.',
    'Twee.',
    'Drie.',
    'Vier en meer.',
    'Vijf en meer.',
    'Zes',
    'سبعة',
    'ሸሞንተ',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 7 }), fc.array(word, { maxLength: 7 }), (before, after) => {
      const old = before.map(block);
      const now = again(old, ...after);
      expect(now.map(textOf)).toEqual(after);
      const ids = now.map(({ attrs }) => attrs.id);
      expect(new Set(ids).size).toBe(ids.length);
      const wasAt = (id: string) => old.findIndex(({ attrs }) => attrs.id === id);
      now.forEach((each, at) => {
        const text = textOf(each);
        const alone = (all: readonly string[]) => all.filter((one) => one === text).length === 1;
        if (alone(before) && alone(after)) expect(each).toBe(old[before.findIndex((one) => one === text)]);
        const from = wasAt(each.attrs.id);
        if (from < 0 || before[from] === text) return;
        const stayed = ids
          .map((id, to) => [to, wasAt(id)] as const)
          .filter(([to, was]) => was >= 0 && before[was] === after[to]);
        const crosses = ([to, was]: readonly [number, number]) =>
          stayed.some(([otherTo, otherWas]) => otherTo < to !== otherWas < was && otherTo !== to);
        for (const [to, was] of stayed.filter((one) => !crosses(one))) expect(to < at).toBe(was < from);
      });
    }),
    { numRuns: 10_000 },
  );
});

test('whatever is typed, the paragraphs read the same when they are shown and sent again', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(fc.constantFrom('\n', '\r\n', ' ', 'a', 'ب')),
      (a, b) => {
        const once = paragraphsIn(a + b.join('') + a);
        expect(paragraphsIn(once.join('\n\n'))).toEqual(once);
      },
    ),
  );
});

test('a sheet has room to write at the beginning, under a moment, under a voice and at the end', () => {
  const attrs = { id: newKey(), lang: 'nl', dir: 'ltr' as const };
  const moment = {
    type: 'moment' as const,
    attrs: { ...attrs, moment: null, title: 'De sleutel', day: null, precision: 'unknown' as const },
  };
  const voice = { type: 'voice' as const, attrs: { ...attrs, id: newKey(), media: newKey() } };
  const words = block('Hallo.');
  const kinds = (doc: Doc) =>
    sheetOf(doc).map((piece) =>
      piece.kind === 'words' ? (piece.underVoice ? 'transcript' : wordsOf(piece.blocks)) : piece.block.type,
    );
  expect(kinds({ type: 'doc', content: [] })).toEqual(['']);
  expect(kinds({ type: 'doc', content: [moment, words, voice] })).toEqual([
    'moment',
    'Hallo.',
    'voice',
    'transcript',
  ]);
  expect(kinds({ type: 'doc', content: [voice, moment] })).toEqual(['', 'voice', 'transcript', 'moment', '']);
  expect(asItAppears({ type: 'doc', content: [words, block(' '), moment] }).content).toEqual([words]);
});

test('a thousand paragraphs that all changed at once are told apart in a blink', () => {
  const many = (word: string) => Array.from({ length: 1_000 }, (_, at) => `${word} ${at} en nog wat woorden`);
  const old = many('eerst').map(block);
  const began = performance.now();
  expect(again(old, ...many('later'))).toHaveLength(1_000);
  expect(performance.now() - began).toBeLessThan(5_000);
});
