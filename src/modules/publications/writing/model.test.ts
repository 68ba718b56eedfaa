import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordChanges } from './history/model.ts';
import { mergedDraws, mergedText, wordsOf, type Draw } from './merging/model.ts';
import { land, paragraphsIn } from './model.ts';

const draw = (piece: string, way: Draw['way'] = 'answers'): Draw => ({ piece, way });

test('two who change other words of the same block both find their words in it', () => {
  const base = 'Wij kwamen in de winter aan en niemand wist waar wij sliepen.';
  const mine = base.replace('de winter', 'een koude winter');
  const now = base.replace('sliepen', 'die nacht sliepen');
  expect(mergedText(base, mine, now)).toBe(
    'Wij kwamen in een koude winter aan en niemand wist waar wij die nacht sliepen.',
  );
  expect(mergedText('نجلس معا كل مساء هنا', 'نجلس معا كل صباح هنا', 'كنا نجلس معا كل مساء هنا')).toBe(
    'كنا نجلس معا كل صباح هنا',
  );
});

test('two who change the same words stand beside each other, and draws come together all the same', () => {
  const seen = { text: 'Zij bleef.', draws: [draw('a'), draw('b')] };
  const mine = { text: 'Zij bleef lang.', draws: [draw('b'), draw('c')] };
  const now = { text: 'Zij bleef even.', draws: [draw('a'), draw('b'), draw('d', 'joins')] };
  expect(land(seen, mine, now)).toEqual({
    landing: 'beside',
    text: now.text,
    draws: [draw('b'), draw('d', 'joins'), draw('c')],
    beside: true,
  });
});

test('who changed nothing takes nothing of another away', () => {
  const seen = { text: 'Zo begon het.', draws: [] };
  const now = { text: 'Zo begon het niet.', draws: [draw('a')] };
  expect(land(seen, seen, now)).toMatchObject({ landing: 'nothing', text: now.text, draws: now.draws });
});

const words = fc.array(fc.constantFrom('een', 'twee', 'drie', 'een', ' ', '\n', '😀'), { maxLength: 12 });

test('what two writers made of one text holds every word both added; else it is left to people', () => {
  fc.assert(
    fc.property(words, fc.nat(12), fc.nat(12), (said: readonly string[], one, other) => {
      const put = (at: number, word: string) =>
        said.toSpliced(at % (said.length + 1), 0, ` ${word} `).join(' ');
      const merged = mergedText(said.join(' '), put(one, 'EIGEN'), put(other, 'ANDER'));
      return merged === null || (merged.includes('EIGEN') && merged.includes('ANDER'));
    }),
    { numRuns: 2_000 },
  );
});

test('a text in words is, joined again, the same text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => wordsOf(text).join('') === text));
});

const draws = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });

test('a draw goes only when one of the two took it away', () => {
  fc.assert(
    fc.property(draws, draws, draws, (base, mine, now) => {
      const drawn = (each: readonly string[]) => each.map((piece) => draw(piece));
      const is = mergedDraws(drawn(base), drawn(mine), drawn(now))
        .map(({ piece }) => piece)
        .sort();
      const should = [...new Set([...mine, ...now])]
        .filter((piece) => !base.includes(piece) || (mine.includes(piece) && now.includes(piece)))
        .sort();
      return JSON.stringify(is) === JSON.stringify(should);
    }),
  );
});

test('a text of twenty thousand equal words is not laid word by word beside another, but left to people', () => {
  const base = 'a '.repeat(10_000);
  const started = performance.now();
  expect(mergedText(base, `${base}b`, `c ${base}`)).toBeNull();
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('what is pasted with blank lines becomes several paragraphs', () => {
  expect(paragraphsIn('Een\nregel.\n\n  \nTwee.\n\n')).toEqual(['Een\nregel.', 'Twee.']);
});

test('the history of a text shows which words came and which went', () => {
  expect(wordChanges('Zij bleef even hier.', 'Zij bleef lang hier.')).toEqual([
    { kind: 'same', text: 'Zij bleef ' },
    { kind: 'went', text: 'even ' },
    { kind: 'came', text: 'lang ' },
    { kind: 'same', text: 'hier.' },
  ]);
  fc.assert(
    fc.property(words, words, (one, other) => {
      const parts = wordChanges(one.join(' '), other.join(' '));
      const of = (kind: 'went' | 'came') =>
        parts.flatMap((part) => (part.kind === 'same' || part.kind === kind ? part.text : [])).join('');
      return of('went') === one.join(' ') && of('came') === other.join(' ');
    }),
  );
});
