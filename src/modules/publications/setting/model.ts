import type { Day } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { tongueName } from '../../languages/naming/model.ts';
import type { Book, BookArticle, BookBlock, Erratum, RestsOn, Voice } from '../model.ts';

/** How each language a book may be in is spoken; a language that is not ours is spoken to in that of the book. */
export type Spoken = (language: string) => Speech;

type Block<Type extends BookBlock['type']> = Extract<BookBlock, { type: Type }>;

/**
 * A book as the data a template places: every line that is ours is said here, every word that is theirs is passed on as it is.
 * Pictures and drawings are named by their files.
 */
export function settingOf(book: Book, spoken: Spoken) {
  const say = spoken(book.language);
  const edition =
    book.edition === null || book.releasedOn === null
      ? say('print.proof')
      : say('print.edition', { edition: book.edition, day: dayIn(say.language, book.releasedOn) });
  return {
    kind: book.kind,
    language: book.language,
    kindName: say(`print.kind.${book.kind}`),
    title: book.title,
    subtitle: book.subtitle,
    opening: book.opening,
    issue: book.issue === null ? null : say('print.issue', { issue: book.issue }),
    number: book.issue ?? 0,
    edition,
    proof: book.edition === null ? say('print.proof.short') : null,
    invented: book.invented ? say('print.invented') : null,
    contents: say('print.contents'),
    articles: book.articles.map((article) => articleOf(article, spoken)),
    colophon: colophonOf(book, edition, say),
  };
}

function articleOf(article: BookArticle, spoken: Spoken) {
  const say = spoken(article.language);
  let level = 1;
  return {
    kind: article.kind,
    kindName: say(`print.article.${article.kind}`),
    title: article.title,
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
        ...placed(block, level, say),
      };
    }),
  };
}

function placed(block: BookBlock, level: number, say: Speech) {
  switch (block.type) {
    case 'heading':
      return { type: block.type, level, inlines: block.inlines };
    case 'quote':
      return { type: block.type, voice: voiceOf(block.voice, block.language, say) };
    case 'image':
      return {
        type: block.type,
        file: pictureFile(block.picture),
        alt: block.alt,
        credit: block.credit,
        shape: block.width / Math.max(1, block.height),
      };
    case 'figure':
      return { type: block.type, ...figureOf(block, say) };
    case 'list':
      return { type: block.type, ordered: block.ordered, items: block.items };
    case 'table':
      return { type: block.type, head: block.head, rows: block.rows };
    default:
      return { type: block.type, inlines: block.inlines };
  }
}

const figureOf = ({ id, figure }: Block<'figure'>, say: Speech) => ({
  file: drawingFile(id),
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
  const key = `stories.role.${roleThen ?? 'other'}`;
  const role = say.has(key) ? say(key) : null;
  return [called ?? say('print.voice'), role].filter((part) => part !== null).join(', ');
}

const marginOf = (voice: Voice, say: Speech) => ({
  ...voiceOf(voice, say.language, say),
  differs: voice.stance === 'differs',
  label: say(voice.stance === 'differs' ? 'print.margin.differs' : 'print.margin.remark'),
});

/** What an article rests on besides its voices, each thing once. */
function restsOf(blocks: readonly BookBlock[], say: Speech) {
  const all = new Map<string, RestsOn>();
  for (const one of blocks.flatMap((block) => block.restsOn))
    if (one.kind !== 'voice' && one.name !== null && !all.has(one.key)) all.set(one.key, one);
  return [...all.values()].map(({ kind, name, address }) => ({
    kind: kind === 'voice' ? '' : say(`print.rests-on.${kind}`),
    name: name ?? '',
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

const inAmsterdam = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' });
const dayOf = (at: Date): Day => inAmsterdam.format(at);

// A name may be anything; the name of a file is only ever ours.
const plainName = (name: string) => Buffer.from(name).toString('hex');
const pictureFile = (key: string) => `picture-${plainName(key)}`;
const drawingFile = (id: string) => `drawing-${plainName(id)}.svg`;

/** The files a setting names: the pictures a book shows, and the drawings of its figures. */
export function filesOf(book: Book): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const block of book.articles.flatMap((article) => article.blocks)) {
    if (block.type === 'figure')
      files[drawingFile(block.id)] = new TextEncoder().encode(block.figure.drawing);
    const picture = block.type === 'image' ? book.pictures[block.picture] : undefined;
    if (block.type === 'image' && picture) files[pictureFile(block.picture)] = picture.bytes;
  }
  return files;
}
