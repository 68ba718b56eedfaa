import fc from 'fast-check';
import { assemble } from '#modules/publications/assembling/model.ts';
import type { EditionRows } from '#modules/publications/assembling/rows/model.ts';
import type { Book, Exit } from '#modules/publications/model.ts';
import { follow } from '#modules/publications/withdrawing/model.ts';
import { anEdit, quotable, type Said } from '#modules/stories/quotes/testing.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { drawn } from '../sequences/diagram.ts';
import { after, exits, flatOf, isConsented, showsOf, type Deed, type World } from './world.ts';

export interface WalkedEditions {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  /** Quotes that were looked at, byte by byte, in what goes out. */
  readonly quotes: number;
  readonly disagreements: readonly string[];
  readonly reached: Readonly<Record<string, number>>;
}

export const voices = 2;
export const length = 14;

/** Edits of tellings by lot, the same for the same seed. */
export const editsFor = (seed: number) => fc.sample(anEdit, { numRuns: 400, seed });

export const atFirst = (chance: () => number): World => ({
  voices: Array.from({ length: voices }, () => ({
    versions: [
      quotable.begin([
        [lot(chance), lot(chance)],
        [lot(chance), lot(chance), lot(chance)],
      ]),
    ],
    given: { 'web-book': true, print: true },
    seen: { 'web-book': [1], print: [1] },
    gone: false,
  })),
  held: [],
  editions: [],
});
const lot = (chance: () => number) => Math.floor(chance() * 1_000);

/** A deed by lot that may come next; mostly such that something happens. */
export function anyDeed(
  world: World,
  chance: () => number,
  edits: readonly ((said: readonly Said[]) => readonly Said[])[],
): Deed {
  const voice = Math.floor(chance() * voices);
  const told = world.voices[voice];
  const turn = chance();
  const waits = world.held.filter(
    ({ standing, onDesk }) => standing === 'asked' || (onDesk && chance() < 0.2),
  );
  if (turn < 0.3 && told) {
    const [anchor] = quotable.quotes(told.versions.at(-1) ?? [], () => lot(chance));
    if (anchor) return { kind: 'lay', voice, anchor, key: `q${world.held.length}`, retold: chance() < 0.6 };
  }
  if (turn < 0.5) return { kind: 'release' };
  if (turn < 0.62 && told) {
    const edit = drawn(edits, chance);
    return { kind: 'edit', voice, next: edit(told.versions.at(-1) ?? []) };
  }
  if (turn < 0.72 && waits.length > 0) {
    const one = drawn(waits, chance);
    const now = told && flatOf(world.voices[one.voice] ?? told).find(({ block }) => block === one.block);
    return {
      kind: 'answer',
      key: one.key,
      words: now && now.text !== '' && chance() < 0.6 ? now.text : null,
    };
  }
  if (turn < 0.97) {
    return { kind: 'say', voice, use: chance() < 0.5 ? 'web-book' : 'print', yes: chance() < 0.75 };
  }
  return { kind: 'take-back', voice };
}

/** What stands in a book of voices, and how many blocks of it are left. */
export function seenIn(book: Book): { quotes: { key: string; words: string }[]; blocks: number } {
  const blocks = book.articles.flatMap((article) => article.blocks);
  return {
    quotes: blocks.flatMap((block) =>
      block.type === 'quote' ? [{ key: block.voice.key, words: block.voice.words }] : [],
    ),
    blocks: blocks.length,
  };
}

/** Where what goes out this way differs from what the world consented to; nothing when it does not. */
export function differences(
  world: World,
  edition: World['editions'][number],
  exit: Exit,
  { quotes, blocks }: ReturnType<typeof seenIn>,
): string[] {
  const wanted = showsOf(edition, exit);
  const shown = quotes.map(({ key }) => key).sort();
  const left = quotes.filter(({ key, words }) => !isConsented(world, edition, key, words, exit));
  return [
    ...left.map(({ key }) => `${key} stands on ${exit} in words nobody consented to`),
    ...(shown.join() === wanted.keys.join()
      ? []
      : [`${exit} shows ${shown.join()}, not ${wanted.keys.join()}`]),
    ...(blocks === wanted.blocks ? [] : [`${exit} has ${blocks} blocks, not ${wanted.blocks}`]),
  ];
}

/** Walks random deeds along the rules, and looks after each at every edition both ways out. `rule` may be a wrong one, to be found. */
export function walkEditionRules(times: number, seed: number, rule = follow): WalkedEditions {
  const edits = editsFor(seed);
  const sums = { deeds: 0, refused: 0, quotes: 0 };
  const reached: Record<string, number> = {};
  const disagreements: string[] = [];
  for (let sequence = 0; sequence < times && disagreements.length < 10; sequence++) {
    const chance = chanceOf(seed + sequence);
    let world = atFirst(chance);
    for (let at = 0; at < length; at++) {
      const deed = anyDeed(world, chance, edits);
      const { world: next, done } = after(world, deed, rule);
      world = next;
      sums.deeds++;
      if (done) reached[deed.kind] = (reached[deed.kind] ?? 0) + 1;
      else sums.refused++;
      for (const edition of world.editions)
        for (const exit of exits) {
          const seen = seenIn(assemble(rowsOf(world, edition), exit, () => []));
          sums.quotes += seen.quotes.length;
          for (const one of differences(world, edition, exit, seen))
            disagreements.push(`${sequence}.${at} ${deed.kind}: ${one}`);
        }
    }
  }
  return { sequences: times, ...sums, disagreements, reached };
}

/** An edition in the rows it would have, with the words read where the edition took them from. */
function rowsOf(world: World, edition: World['editions'][number]): EditionRows {
  const on = (key: string, exit: Exit) =>
    edition.lines.some((line) => line.key === key && line.exit === exit && !line.left);
  const keys = [...new Set(edition.lines.flatMap(({ key, left }) => (left ? [] : [key])))];
  const textOf = (key: string) => {
    const one = edition.words[key];
    const voice = one && world.voices[one.voice];
    if (!one || !voice) return '';
    const block = flatOf(voice, one.version).find((each) => each.block === one.block);
    return block?.text.slice(one.start, one.end) ?? '';
  };
  const head = { title: 'Samen', subtitle: '', opening: '', changed: '' };
  return {
    publication: { slug: 'samen', kind: 'magazine', language: 'nl', issue: 1, invented: true },
    edition: { number: 1, ...head, credits: [], released_on: '2026-11-22' },
    articles: [
      {
        article: 'a',
        slug: 'a',
        kind: 'essay',
        title: 'A',
        opening: '',
        language: 'nl',
        byline: [],
        place: 1,
      },
    ],
    paragraphs: edition.blocks.map(({ id }, place) => ({
      ...{ paragraph: id, article: 'a', place, level: null, language: 'nl', figure: null, picture: null },
      kind: id.startsWith('quote') ? ('quote' as const) : ('paragraph' as const),
      text: id.startsWith('quote') ? '' : 'Zo schreven wij het op.',
      voice: id.startsWith('quote') ? id.slice('quote '.length) : null,
    })),
    draws: edition.blocks.flatMap(({ id, draws }) =>
      draws.map(({ key, way }) => ({ paragraph: id, kind: 'voice' as const, key, way })),
    ),
    voices: keys.map((key) => ({
      ...{ key, kind: 'quote' as const, stance: null, words: textOf(key), language: 'nl' },
      ...{ called: null, called_on_paper: null, role_then: null, telling: null },
      ...{ on_web: on(key, 'web'), on_paper: on(key, 'paper') },
    })),
    ...{ renderings: [], figures: [], pictures: [], errata: [], works: [], named: [] },
  };
}
