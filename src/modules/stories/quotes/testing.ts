import fc from 'fast-check';
import { hold, type Anchor, type HoldingBlock } from './model.ts';

/** A block as a test edits it: sentences that know which they are, so that a twin can be told from the one it looks like. */
export interface Said {
  readonly key: string;
  readonly sentences: readonly { readonly key: string; readonly text: string }[];
}

// Few sentences, so that twins are everywhere; with signs outside the first plane, right to left, Ethiopic and marks that combine.
const sentences = [
  'Ja. ',
  'Ik kwam in de winter. ',
  'Ja, ik kwam in de winter. ',
  '👩‍👧 We waren met z’n tweeën 😀. ',
  'كُنَّا نَجلِسُ معًا كلَّ مساء. ',
  'نجلس معا. ',
  'ሰላም፡ ብዙሕ የቐንየለይ። ',
  'Zoe\u0308 zei cafe\u0301. ',
  '🇳🇱🇺🇦 ',
];
let made = 0;
const sentence = (which: number) => ({
  key: `s${++made}`,
  text: sentences[which % sentences.length] ?? '',
});
const newBlock = (which: readonly number[]): Said => ({ key: `b${++made}`, sentences: which.map(sentence) });
const at = <One>(list: readonly One[], lot: number): number => (list.length === 0 ? 0 : lot % list.length);

/** The blocks as the rule and the database see them. */
export const laidFlat = (said: readonly Said[]): HoldingBlock[] =>
  said.map(({ key, sentences: each }) => ({
    block: key,
    kind: 'paragraph',
    text: each.map(({ text }) => text).join(''),
  }));

const change = (said: readonly Said[], lot: number, how: (block: Said) => readonly Said[]) =>
  said.flatMap((block, place) => (place === at(said, lot) ? how(block) : [block]));
const spliced = <One>(list: readonly One[], from: number, gone: number, ...come: readonly One[]) =>
  list.toSpliced(from, gone, ...come);

const edits = {
  insert: (said, a, b, c) =>
    change(said, a, (block) => [
      { ...block, sentences: spliced(block.sentences, b % (block.sentences.length + 1), 0, sentence(c)) },
    ]),
  twin: (said, a, b, c) =>
    change(said, a, (block) => {
      const like = block.sentences[at(block.sentences, b)];
      const twin = like ? { ...like, key: `s${++made}` } : sentence(b);
      return [{ ...block, sentences: spliced(block.sentences, c % (block.sentences.length + 1), 0, twin) }];
    }),
  delete: (said, a, b) =>
    change(said, a, (block) => [
      { ...block, sentences: spliced(block.sentences, at(block.sentences, b), 1) },
    ]),
  shift: (said, a, b, c) =>
    change(said, a, (block) => {
      const [moved] = block.sentences.slice(at(block.sentences, b));
      const rest = spliced(block.sentences, at(block.sentences, b), 1);
      return [{ ...block, sentences: moved ? spliced(rest, c % (rest.length + 1), 0, moved) : rest }];
    }),
  reword: (said, a, b, c) =>
    change(said, a, (block) => [
      { ...block, sentences: spliced(block.sentences, at(block.sentences, b), 1, sentence(c)) },
    ]),
  split: (said, a, b) =>
    change(said, a, (block) => {
      const here = b % (block.sentences.length + 1);
      return [
        { ...block, sentences: block.sentences.slice(0, here) },
        { key: `b${++made}`, sentences: block.sentences.slice(here) },
      ];
    }),
  join: (said, a) => {
    const [one, two] = [said[at(said, a)], said[at(said, a) + 1]];
    if (!one || !two) return said;
    return spliced(said, at(said, a), 2, { ...one, sentences: [...one.sentences, ...two.sentences] });
  },
  move: (said, a, b) => {
    const [moved] = said.slice(at(said, a));
    const rest = spliced(said, at(said, a), 1);
    return moved ? spliced(rest, b % (rest.length + 1), 0, moved) : rest;
  },
  add: (said, a, b, c) => spliced(said, a % (said.length + 1), 0, newBlock([b, c])),
  drop: (said, a) => (said.length > 1 ? spliced(said, at(said, a), 1) : said),
} satisfies Record<string, (said: readonly Said[], a: number, b: number, c: number) => readonly Said[]>;

/** One edit of a telling, drawn by lot: what a teller may do to its blocks and sentences. */
export const anEdit = fc
  .tuple(fc.constantFrom(...Object.values(edits)), fc.nat(999), fc.nat(999), fc.nat(999))
  .map(
    ([edit, a, b, c]) =>
      (said: readonly Said[]) =>
        edit(said, a, b, c),
  );

export const quotable = {
  begin: (blocks: readonly (readonly number[])[]): readonly Said[] => blocks.map(newBlock),
  /** A few quotes by lot: whole sentences, and stretches that begin and end where they may. */
  quotes: (said: readonly Said[], lot: () => number): Anchor[] =>
    [1, 2, 3, 4].flatMap((turn) => {
      const block = said[lot() % said.length];
      const flat = block && laidFlat([block])[0];
      if (!flat || flat.text === '') return [];
      const which = lot() % block.sentences.length;
      const before = block.sentences.slice(0, which).reduce((sum, { text }) => sum + text.length, 0);
      const whole = block.sentences[which]?.text.length ?? 0;
      if (turn % 2 === 0) return hold(flat, before, before + whole) ?? [];
      const start = lot() % flat.text.length;
      return hold(flat, start, start + 1 + (lot() % Math.min(30, flat.text.length - start))) ?? [];
    }),
};
