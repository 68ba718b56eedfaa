import type { Day } from '#platform/clock.ts';
import type { Use } from '../consent/model.ts';
import type { RoleThen } from '../stories/model.ts';

export const publicationKinds = ['common-story', 'report', 'magazine'] as const;
export type PublicationKind = (typeof publicationKinds)[number];

export const articleKinds = [
  'section',
  'chapter',
  'essay',
  'interview',
  'practical',
  'story-page',
  'harvest',
  'letter',
] as const;
export type ArticleKind = (typeof articleKinds)[number];

/** Which articles belong in which publication: a common story has sections, a report chapters, a magazine the rest. */
export const articlesIn: Readonly<Record<PublicationKind, readonly ArticleKind[]>> = {
  'common-story': ['section'],
  report: ['chapter'],
  magazine: ['essay', 'interview', 'practical', 'story-page', 'harvest', 'letter'],
};

/** An editor decides what goes out, a writer writes and lays pieces, a layer lays pieces. */
export const parts = ['editor', 'writer', 'layer'] as const;
export type Part = (typeof parts)[number];

export const pieceKinds = [
  'passage',
  'quote',
  'telling',
  'own-words',
  'insight',
  'promise',
  'figure',
] as const;
export type PieceKind = (typeof pieceKinds)[number];

/** Where an article stands, from what somebody wants to write to what went out. */
export const standings = ['pitch', 'draft', 'told-back', 'ready', 'released'] as const;
export type Standing = (typeof standings)[number];

export const answers = ['agree', 'remark', 'own-words', 'out'] as const;
/** What somebody answers to how their words are used: it is good, with words beside it, in own words instead, or not at all. */
export type Answer = (typeof answers)[number];

/** The files of an edition: PDF for screen and paper, PDF to keep, and an e-book. */
export const fileKinds = ['reading.pdf', 'archive.pdf', 'book.epub'] as const;
export type FileKind = (typeof fileKinds)[number];

/** How a paragraph rests on a piece. */
export const ways = ['quotes', 'paraphrases', 'joins', 'answers', 'differs'] as const;
export type Way = (typeof ways)[number];

/** A paragraph that retells a voice is made of it, and leaves with it; one that only answers or differs stays. */
export const leavesWith = (way: Way): boolean => way === 'quotes' || way === 'paraphrases' || way === 'joins';

/** The ways out: the web and the e-book, or PDF and paper. */
export type Exit = 'web' | 'paper';

/** What a voice must have consented to before its words go out this way. */
export function useOf(kind: PublicationKind, exit: Exit): Use {
  if (kind !== 'magazine') return 'quote-report';
  return exit === 'web' ? 'web-book' : 'print';
}

/** A piece of text with one look, as it stands in a line; never HTML. */
export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly strong?: true; readonly em?: true }
  | { readonly type: 'link'; readonly text: string; readonly href: string }
  | { readonly type: 'foreign'; readonly text: string; readonly lang: string }
  /** A reference to a work of the library, or a note in words; `number` counts within the article, from 1. */
  | { readonly type: 'note'; readonly number: number };

export interface Note {
  readonly number: number;
  readonly inlines: readonly Inline[];
}

/** Words of a voice, byte for byte as they were consented to. */
export interface Voice {
  readonly key: string;
  readonly kind: 'quote' | 'own-words' | 'margin';
  /** In the margin: a remark, or someone who sees it otherwise. */
  readonly stance: 'remark' | 'differs' | null;
  readonly words: string;
  readonly language: string;
  /** The name the voice chose for this way out; null is none. */
  readonly called: string | null;
  readonly roleThen: RoleThen | null;
  /** The telling it stands in, as its address names it, when anyone may read that. */
  readonly telling: string | null;
  readonly renderings: readonly {
    readonly language: string;
    readonly words: string;
    readonly signedAs: string | null;
    readonly madeHow: 'person' | 'machine';
  }[];
}

/** On what a block rests; `name` is what can be shown of it, and `address` where it can be read, when it can. */
export interface RestsOn {
  readonly kind: 'voice' | 'insight' | 'promise' | 'figure';
  readonly key: string;
  readonly way: Way;
  readonly name: string | null;
  readonly address: string | null;
}

export interface FigureShown {
  readonly slug: string;
  readonly kind: FigureKind;
  readonly title: string;
  readonly alt: string;
  readonly language: string;
  readonly takenOn: Day;
  /** Page of the house where the same is asked. */
  readonly address: string;
  readonly drawing: string;
  readonly facts: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
}

export const figureKinds = [
  'field',
  'shoreline',
  'chain',
  'trajectory',
  'landscape',
  'promises',
  'silence',
] as const;
export type FigureKind = (typeof figureKinds)[number];

interface BlockHead {
  readonly id: string;
  readonly language: string;
  readonly restsOn: readonly RestsOn[];
  /** What people say beside it, in the order in which they said it. */
  readonly margin: readonly Voice[];
}

/** A block as every way out shows it. A quote without a voice is one that left: it is not shown, and nothing stands in its place. */
export type BookBlock = BlockHead &
  (
    | { readonly type: 'heading'; readonly level: 2 | 3; readonly inlines: readonly Inline[] }
    | { readonly type: 'paragraph' | 'aside'; readonly inlines: readonly Inline[] }
    | { readonly type: 'quote'; readonly voice: Voice }
    | {
        readonly type: 'list';
        readonly ordered: boolean;
        readonly items: readonly (readonly Inline[])[];
      }
    | {
        readonly type: 'table';
        readonly head: readonly string[];
        readonly rows: readonly (readonly string[])[];
      }
    | {
        readonly type: 'image';
        readonly picture: string;
        readonly width: number;
        readonly height: number;
        readonly alt: string;
        readonly credit: string;
      }
    | { readonly type: 'figure'; readonly figure: FigureShown }
  );

/** What a reader is told a block rests on, one rule for every way out: all of it but the voice whose words it shows itself. */
export const restsTold = (block: BookBlock): readonly RestsOn[] =>
  block.restsOn.filter(({ key }) => block.type !== 'quote' || key !== block.voice.key);

export interface BookArticle {
  readonly id: string;
  readonly slug: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly byline: readonly string[];
  readonly blocks: readonly BookBlock[];
  readonly notes: readonly Note[];
}

/** What happened to an edition after it went out. */
export type ErratumKind = 'voice-left' | 'paragraph-left' | 'mended';

export interface Erratum {
  readonly article: string | null;
  readonly at: Date;
  readonly kind: ErratumKind;
  readonly printed: boolean;
}

/**
 * A publication as it goes out one way: the tree that web, PDF and e-book are all made of. A proof, which has not gone out, has no
 * number and no day.
 */
export interface Book {
  readonly slug: string;
  readonly kind: PublicationKind;
  readonly exit: Exit;
  readonly title: string;
  readonly subtitle: string;
  readonly opening: string;
  readonly language: string;
  readonly issue: number | null;
  readonly invented: boolean;
  readonly edition: number | null;
  readonly releasedOn: Day | null;
  /** Address under which this edition is cited. */
  readonly address: string;
  readonly changed: string;
  readonly credits: readonly { readonly called: string; readonly part: Part }[];
  readonly articles: readonly BookArticle[];
  readonly errata: readonly Erratum[];
  /** Pictures it shows, by key. */
  readonly pictures: Readonly<Record<string, { readonly type: string; readonly bytes: Uint8Array }>>;
}
