import type { Day } from '#platform/clock.ts';
import { directionOf } from '#platform/i18n/languages.ts';
import type { DatePrecision, EventKind, Theme } from '../../initiatives/model.ts';
import { textOf, type Block, type Doc, type Inline, type MomentSaid } from '../document/model.ts';
import type { RoleThen, TellingPrompt } from '../model.ts';

/** A telling as its teller, or who writes it down for them, works on it. */
export interface TellingToWrite {
  readonly id: string;
  readonly slug: string;
  readonly language: string;
  readonly title: string;
  readonly roleThen: RoleThen | null;
  readonly themes: readonly Theme[];
  readonly province: string | null;
  readonly toldHow: 'alone' | 'with-someone';
  readonly prompt: TellingPrompt | null;
  readonly findable: boolean;
  readonly standing: 'draft' | 'released';
  readonly version: number | null;
  readonly openFrom: Date | null;
  readonly doc: Doc;
  readonly savedAt: Date;
  readonly names: {
    readonly full: string | null;
    readonly first: string | null;
    readonly other: string | null;
  };
  readonly about: readonly { readonly id: string; readonly slug: string; readonly name: string }[];
  /** Whether who is looking writes it down for someone else. */
  readonly forSomeone: boolean;
  /** Whether there is someone who wrote it down. */
  readonly writtenDown: boolean;
}

/** A life event that a teller may tell of. */
export interface TellableMoment {
  readonly fact: string;
  readonly initiative: string;
  readonly kind: EventKind;
  readonly day: Day | null;
  readonly precision: DatePrecision;
}

/** What the teller may make of blocks: every new one gets a key from here. */
export type NewKey = () => string;

/** A block that holds words; only photos, voices and moments hold none that a text area can show. */
export type WordBlock = Exclude<Block, { type: 'image' | 'voice' | 'moment' }>;
export type MediaBlock = Extract<Block, { type: 'image' | 'voice' }>;
export type MomentBlock = Extract<Block, { type: 'moment' }>;

const isWordType = (type: Block['type']) => !['image', 'voice', 'moment'].includes(type);
const isWords = (block: Block): block is WordBlock => isWordType(block.type);

/** What a sheet of paper shows of a draft, in order: a run of words to write in, a photo or voice, or where a moment begins. */
export type Piece =
  | {
      readonly kind: 'words';
      /** The block it follows; null at the very beginning. */
      readonly after: string | null;
      readonly blocks: readonly WordBlock[];
      /** Whether it stands under a voice, and is where its words are typed. */
      readonly underVoice: boolean;
    }
  | { readonly kind: 'media'; readonly block: MediaBlock }
  | { readonly kind: 'moment'; readonly block: MomentBlock };

/** A draft as a sheet to write on: there is room to write at the beginning, under every moment and after every photo and voice. */
export function sheetOf(doc: Doc): Piece[] {
  const pieces: Piece[] = [];
  let after: string | null = null;
  let run: WordBlock[] = [];
  let afterRun: string | null = null;
  let underVoice = false;
  const close = () => pieces.push({ kind: 'words', after: afterRun, blocks: run, underVoice });
  for (const block of doc.content) {
    if (isWords(block)) run.push(block);
    else {
      if (run.length > 0 || pieces.length > 0 || block.type !== 'moment') close();
      pieces.push(block.type === 'moment' ? { kind: 'moment', block } : { kind: 'media', block });
      run = [];
      afterRun = block.attrs.id;
      underVoice = block.type === 'voice';
    }
    after = block.attrs.id;
  }
  if (run.length > 0 || after === null || after === afterRun) close();
  return pieces;
}

/** The words of a run as they stand in a text area: paragraphs with an empty line between them. */
export const wordsOf = (blocks: readonly WordBlock[]): string =>
  blocks
    .map(textOf)
    .filter((text) => text !== '')
    .join('\n\n');

/** The paragraphs of a text area, without space around them and without unseen control signs. */
export function paragraphsIn(text: string): string[] {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

export const paragraph = (id: string, text: string, language: string): WordBlock => {
  const content: readonly Inline[] = text === '' ? [] : [{ type: 'text', text }];
  return { type: 'paragraph', attrs: { id, lang: language, dir: directionOf(language) }, content };
};

const countOf = (texts: readonly string[], text: string) => texts.filter((each) => each === text).length;

/** How alike two texts are, from 0 to 1, by the words they share (Dice). */
function likeness(one: string, other: string): number {
  const words = (text: string) => text.toLowerCase().split(/\s+/);
  const [left, right] = [words(one), words(other)];
  const waiting = new Map<string, number>();
  for (const word of right) waiting.set(word, (waiting.get(word) ?? 0) + 1);
  const shared = left.filter((word) => {
    const many = waiting.get(word) ?? 0;
    waiting.set(word, many - 1);
    return many > 0;
  }).length;
  return (2 * shared) / (left.length + right.length);
}

/** So many paragraphs changed at one place are weighed one by one; where more did, nothing is clear any more. */
const mostWeighed = 30;

/** Which new text is the same as which old one: the same words, as often as before, in the same order of their twins. */
function unchanged(old: readonly string[], made: readonly string[]): Map<number, number> {
  const same = new Map<number, number>();
  for (const text of new Set(made)) {
    // A twin that came or went cannot be told from its twin: then none of them keeps a key by its words alone.
    if (countOf(old, text) !== countOf(made, text)) continue;
    const places = old.flatMap((each, at) => (each === text ? [at] : []));
    made.forEach((each, at) => each === text && same.set(at, places.shift() ?? -1));
  }
  return same;
}

/** Where an old text was changed in its place: between the same neighbours, and without doubt which one it was. */
function changedInPlace(
  old: readonly string[],
  made: readonly string[],
  same: ReadonlyMap<number, number>,
): Map<number, number> {
  const found = new Map<number, number>();
  const anchors = [...same].sort(([a], [b]) => a - b);
  // Only what stayed in order says where a place is.
  const inOrder = anchors.filter(
    ([to, from]) =>
      !anchors.some(([otherTo, otherFrom]) => otherTo < to !== otherFrom < from && otherTo !== to),
  );
  const edges: [number, number][] = [[-1, -1], ...inOrder, [made.length, old.length]];
  const takenOld = new Set(same.values());
  edges.slice(1).forEach(([to, from], at) => {
    const [toBefore, fromBefore] = edges[at] ?? [-1, -1];
    const news = made.flatMap((_, i) => (i > toBefore && i < to && !same.has(i) ? [i] : []));
    const olds = old.flatMap((_, i) => (i > fromBefore && i < from && !takenOld.has(i) ? [i] : []));
    if (news.length !== olds.length || news.length > mostWeighed) return;
    const alike = (n: number, o: number) => likeness(made[n] ?? '', old[o] ?? '') >= 0.5;
    news.forEach((n, i) => {
      const o = olds[i];
      if (o === undefined) return;
      const onlyEachOther = () =>
        news.length === 1 ||
        (news.every((m) => alike(m, o) === (m === n)) && olds.every((p) => alike(n, p) === (p === o)));
      if (onlyEachOther()) found.set(n, o);
    });
  });
  return found;
}

/**
 * The blocks of a run after its words were typed anew. A block keeps its key while its words are unchanged, or when it is clearly
 * the same place: changed between neighbours that did not. No key ever goes to words elsewhere; in doubt a block is new.
 */
export function reblocked(
  old: readonly WordBlock[],
  text: string,
  language: string,
  newKey: NewKey,
): WordBlock[] {
  const kept = old.filter((block) => textOf(block) !== '');
  const were = kept.map((block) => paragraphsIn(textOf(block)).join('\n\n'));
  const made = paragraphsIn(text);
  const same = unchanged(were, made);
  const changed = changedInPlace(were, made, same);
  return made.map((words, at) => {
    const untouched = kept[same.get(at) ?? -1];
    if (untouched) return untouched;
    const place = kept[changed.get(at) ?? -1];
    if (!place) return paragraph(newKey(), words, language);
    if (textOf(place) === words) return place;
    const { id, lang } = place.attrs;
    return place.type === 'list' || place.type === 'paragraph'
      ? paragraph(id, words, lang)
      : { ...place, content: [{ type: 'text', text: words }] };
  });
}

/** Whether a moment break says nothing of its own: no name, no day, and no life event. */
const isNameless = ({ attrs }: MomentBlock) =>
  attrs.moment === null && attrs.title.trim() === '' && attrs.day === null;

/** A draft as it will appear: without empty paragraphs, and without a moment that has no name or under which nothing is told. */
export function asItAppears(doc: Doc): Doc {
  const said = doc.content.filter((block) =>
    isWords(block) ? textOf(block).trim() !== '' : block.type !== 'moment' || !isNameless(block),
  );
  const content = said.filter((block, at) => {
    const next = said[at + 1];
    return block.type !== 'moment' || (next !== undefined && next.type !== 'moment');
  });
  return { type: 'doc', content };
}

/** What a sheet says: words per run, and where and when its moments are. */
interface Said {
  readonly runs: readonly {
    readonly after: string | null;
    readonly of: readonly string[];
    readonly text: string;
  }[];
  readonly moments: readonly {
    readonly block: string;
    readonly moment: string | null;
    readonly title: string;
    readonly when: { readonly day: string | null; readonly precision: MomentSaid['precision'] } | null;
  }[];
  readonly remove: readonly string[];
  readonly add: boolean;
}

/**
 * A draft after a sheet was sent. Only what the sheet shows changes: what came into the draft meanwhile, such as a photo, stays where it
 * is. No words are lost: those whose place is gone go to the end. Only moments of `tellable` can be chosen.
 */
export function written(
  doc: Doc,
  said: Said,
  { language, tellable, newKey }: { language: string; tellable: readonly string[]; newKey: NewKey },
): Doc {
  let content = doc.content.map((block): Block => {
    const told = block.type === 'moment' && said.moments.find((each) => each.block === block.attrs.id);
    if (!told) return block;
    const moment = told.moment !== null && tellable.includes(told.moment) ? told.moment : null;
    const when = told.when ?? { day: block.attrs.day, precision: block.attrs.precision };
    return { ...block, attrs: { ...block.attrs, moment, title: told.title, ...when } };
  });
  for (const run of said.runs) {
    const old = content.filter(isWords).filter(({ attrs }) => run.of.includes(attrs.id));
    const now = reblocked(old, run.text, language, newKey);
    const first = content.findIndex((block) => block === old[0]);
    const after = content.findIndex(({ attrs }) => attrs.id === run.after);
    const at = first >= 0 ? first : run.after === null ? 0 : after >= 0 ? after + 1 : content.length;
    const rest = (part: readonly Block[]) => part.filter((block) => !old.some((each) => each === block));
    content = [...rest(content.slice(0, at)), ...now, ...rest(content.slice(at))];
  }
  content = content.filter(({ type, attrs }) => type !== 'moment' || !said.remove.includes(attrs.id));
  if (said.add) {
    const attrs = { id: newKey(), lang: language, dir: directionOf(language) };
    content.push({
      type: 'moment',
      attrs: { ...attrs, moment: null, title: '', day: null, precision: 'unknown' },
    });
  }
  return { type: 'doc', content };
}

/** Languages that are told in here often, after those of the house; the last is for any other (ISO 639-3 `mis`). */
export const otherTongues =
  'am az bn bs ckb cs de el es ff ha he hi hr hu hy id ig it ja ka kk kmr ko ku ky ln lo lt lv mk mn ms my ne om pa pl ps pt rn ro ru rw sk so sq sr sw ta tg th tk tl ug ur uz vi wo yo zh zu mis'.split(
    ' ',
  );
