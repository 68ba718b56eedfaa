import { dayOf } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { tongueName } from '../../languages/naming/model.ts';
import { calledIn } from '../../stories/reading/model.ts';
import {
  restsTold,
  type Book,
  type BookArticle,
  type BookBlock,
  type Erratum,
  type RestsOn,
  type Voice,
} from '../model.ts';

/** How each language a book may be in is spoken; a language that is not ours is spoken to in that of the book. */
export type Spoken = (language: string) => Speech;

type Block<Type extends BookBlock['type']> = Extract<BookBlock, { type: Type }>;
type Names = ReturnType<typeof namesIn>;

/**
 * A book as the data a template places: every line that is ours is said here, every word that is theirs is passed on as it is.
 * Pictures and drawings are named by their files.
 */
export function settingOf(book: Book, spoken: Spoken) {
  const say = spoken(book.language);
  const names = namesIn(book);
  const edition =
    book.edition === null || book.releasedOn === null
      ? say('print.proof')
      : say('print.edition', { edition: book.edition, day: dayIn(say.language, book.releasedOn) });
  return {
    kind: book.kind,
    language: book.language,
    kindName: say(`print.kind.${book.kind}`),
    title: titled(book.title),
    subtitle: book.subtitle,
    opening: book.opening,
    issue: book.issue === null ? null : say('print.issue', { issue: book.issue }),
    number: book.issue ?? 0,
    edition,
    proof: book.edition === null ? say('print.proof.short') : null,
    invented: book.invented ? say('print.invented') : null,
    contents: say('print.contents'),
    articles: book.articles.map((article) => articleOf(article, names, spoken)),
    colophon: colophonOf(book, edition, say),
  };
}

// A file for reading aloud may have no title without words.
const titled = (title: string): string => (title.trim() === '' ? '…' : title);

function articleOf(article: BookArticle, names: Names, spoken: Spoken) {
  const say = spoken(article.language);
  let level = 1;
  return {
    kind: article.kind,
    kindName: say(`print.article.${article.kind}`),
    title: titled(article.title),
    opening: article.opening,
    language: article.language,
    byline: article.byline,
    notesTitle: say('print.notes'),
    notes: article.notes,
    restsTitle: say('print.rests-on'),
    rests: restsOf(article.blocks, say),
    blocks: article.blocks.map((block) => {
      // A file for reading aloud may not skip a step of its headings.
      if (block.type === 'heading') level = Math.min(block.level, level + 1);
      return {
        language: block.language,
        margin: block.margin.map((voice) => marginOf(voice, say)),
        ...placed(block, level, names, say),
      };
    }),
  };
}

function placed(block: BookBlock, level: number, names: Names, say: Speech) {
  switch (block.type) {
    case 'heading':
      if (block.inlines.every((one) => one.type === 'note' || one.text.trim() === ''))
        return { type: 'paragraph', inlines: block.inlines };
      return { type: block.type, level, inlines: block.inlines };
    case 'quote':
      return { type: block.type, voice: voiceOf(block.voice, block.language, say) };
    case 'image':
      return {
        type: block.type,
        file: names.pictures.get(block.picture) ?? null,
        alt: block.alt,
        credit: block.credit,
        shape: block.width / Math.max(1, block.height),
      };
    case 'figure':
      return { type: block.type, file: names.drawings.get(block.id), ...figureOf(block, say) };
    case 'list':
      return { type: block.type, ordered: block.ordered, items: block.items };
    case 'table':
      return { type: block.type, head: block.head, rows: block.rows };
    default:
      return { type: block.type, inlines: block.inlines };
  }
}

const figureOf = ({ figure }: Block<'figure'>, say: Speech) => ({
  shape: shapeOf(figure.drawing),
  alt: figure.alt,
  title: figure.title,
  in: figure.language,
  taken: say('print.figure.taken', { day: dayIn(say.language, figure.takenOn) }),
  ask: say('print.figure.ask', { address: figure.address }),
});

/** How wide a drawing is for its height, as its own viewBox says. */
function shapeOf(svg: string): number {
  const [, wide, high] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return Number(wide) / Number(high) || 1.6;
}

/** A voice of another language than the page carries says which; each rendering says how it was made. */
function voiceOf(voice: Voice, around: string, say: Speech) {
  const named = (language: string) => ({ language: tongueName(language, say.language) });
  return {
    words: voice.words,
    language: voice.language,
    kind: voice.kind,
    label: voice.kind === 'own-words' ? say('print.own-words') : null,
    who: whoOf(voice, say),
    toldIn: voice.language === around ? null : say('print.told-in', named(voice.language)),
    renderings: voice.renderings.map(({ language, words, signedAs, madeHow }) => ({
      language,
      words,
      made:
        madeHow === 'machine'
          ? say('print.rendering.machine', named(language))
          : signedAs === null
            ? say('print.rendering', named(language))
            : say('print.rendering.signed', { ...named(language), name: signedAs }),
    })),
  };
}

function whoOf({ called, roleThen }: Voice, say: Speech): string {
  const { name, was } = calledIn(say, { name: called, roleThen });
  return [name, was].filter((part) => part !== null).join(say('platform.comma'));
}

const marginOf = (voice: Voice, say: Speech) => ({
  ...voiceOf(voice, say.language, say),
  differs: voice.stance === 'differs',
  label: say(voice.stance === 'differs' ? 'print.margin.differs' : 'print.margin.remark'),
});

/** The same book with every address of the house whole, for a reader who holds paper. */
export function atHome(book: Book, home: string): Book {
  const whole = (address: string) => (/^\/(?!\/)/.test(address) ? `${home}${address}` : address);
  const blockAtHome = (block: BookBlock): BookBlock => {
    const restsOn = block.restsOn.map((on) => ({ ...on, address: on.address && whole(on.address) }));
    return block.type === 'figure'
      ? { ...block, restsOn, figure: { ...block.figure, address: whole(block.figure.address) } }
      : { ...block, restsOn };
  };
  const articles = book.articles.map((one) => ({ ...one, blocks: one.blocks.map(blockAtHome) }));
  return { ...book, address: whole(book.address), articles };
}

/** What the blocks of an article rest on, each thing once; whoever holds paper sees the address of what has no name. */
function restsOf(blocks: readonly BookBlock[], say: Speech) {
  const all = new Map<string, RestsOn>();
  for (const one of blocks.flatMap(restsTold)) if (!all.has(one.key)) all.set(one.key, one);
  return [...all.values()].map(({ kind, name, address }) => ({
    kind: say(kind === 'voice' ? 'print.voice' : `print.rests-on.${kind}`),
    name: name ?? address ?? '',
    address,
  }));
}

function colophonOf(book: Book, edition: string, say: Speech) {
  const people = (['editor', 'writer', 'layer'] as const)
    .map((part) => ({
      label: say(`print.part.${part}`),
      names: book.credits.filter((one) => one.part === part).map((one) => one.called),
    }))
    .filter(({ names }) => names.length > 0);
  return {
    title: say('print.colophon'),
    people,
    voicesTitle: say('print.voices'),
    voices: say('print.voices.about'),
    changed: book.changed === '' ? null : { title: say('print.changed'), text: book.changed },
    cite: { title: say('print.cite'), text: `${book.title}. ${edition}.`, address: book.address },
    errataTitle: say('print.errata'),
    errata: book.errata.map((erratum) => erratumOf(erratum, say)),
    type: say('print.type'),
  };
}

/** When and in which article something went, and never what or whose. */
function erratumOf({ article, at, kind, printed }: Erratum, say: Speech): string {
  const day = dayIn(say.language, dayOf(at));
  const line =
    article === null
      ? say(`print.erratum.${kind}.whole`, { day })
      : say(`print.erratum.${kind}`, { day, article });
  return printed ? `${line} ${say('print.erratum.printed')}` : line;
}

/** Names of files are only ever ours; what people named theirs stays theirs. */
function namesIn(book: Book): {
  readonly pictures: Map<string, string>;
  readonly drawings: Map<string, string>;
} {
  const blocks = book.articles.flatMap((article) => article.blocks);
  const shown = blocks.flatMap((block) => (block.type === 'image' ? [block.picture] : []));
  const there = [...new Set(shown)].filter((key) => Object.hasOwn(book.pictures, key));
  const drawn = blocks.flatMap((block) => (block.type === 'figure' ? [block.id] : []));
  return {
    pictures: new Map(there.map((key, n) => [key, `picture-${n}`])),
    drawings: new Map(drawn.map((id, n) => [id, `drawing-${n}.svg`])),
  };
}

/** The files a setting names: the pictures a book shows, and the drawings of its figures. */
export function filesOf(book: Book): Record<string, Uint8Array> {
  const { pictures, drawings } = namesIn(book);
  const blocks = book.articles.flatMap((article) => article.blocks);
  return Object.fromEntries([
    ...[...pictures].map(([key, name]) => [name, book.pictures[key]?.bytes ?? new Uint8Array()] as const),
    ...blocks.flatMap((block) =>
      block.type === 'figure'
        ? [[drawings.get(block.id) ?? '', new TextEncoder().encode(block.figure.drawing)] as const]
        : [],
    ),
  ]);
}
