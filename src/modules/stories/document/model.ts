/** A telling as it is written: a tree of blocks, each with a lasting key, a language and a direction. ProseMirror JSON; never HTML. */
export interface Doc {
  readonly type: 'doc';
  readonly content: readonly Block[];
}

export type Mark =
  | { readonly type: 'strong' | 'em' }
  | { readonly type: 'link'; readonly attrs: { readonly href: string } }
  | { readonly type: 'foreign'; readonly attrs: { readonly lang: string } }
  | { readonly type: 'term'; readonly attrs: { readonly word: string } };

export interface Inline {
  readonly type: 'text';
  readonly text: string;
  readonly marks?: readonly Mark[];
}

interface Spoken {
  readonly id: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl' | 'auto';
}

export type Block =
  | { readonly type: 'paragraph'; readonly attrs: Spoken; readonly content?: readonly Inline[] }
  | {
      readonly type: 'heading';
      readonly attrs: Spoken & { readonly level: 2 | 3 };
      readonly content?: readonly Inline[];
    }
  | {
      readonly type: 'quote';
      readonly attrs: Spoken & { readonly voice: string };
      readonly content?: readonly Inline[];
    }
  | { readonly type: 'aside'; readonly attrs: Spoken; readonly content?: readonly Inline[] }
  | {
      readonly type: 'list';
      readonly attrs: Spoken & { readonly ordered: boolean };
      readonly content: readonly { readonly type: 'item'; readonly content?: readonly Inline[] }[];
    }
  | { readonly type: 'image'; readonly attrs: Spoken & { readonly media: string; readonly alt: string } }
  | { readonly type: 'voice'; readonly attrs: Spoken & { readonly media: string } }
  | { readonly type: 'moment'; readonly attrs: Spoken & MomentSaid };

export const precisions = ['day', 'month', 'year', 'around', 'at-latest', 'unknown'] as const;
export type SaidPrecision = (typeof precisions)[number];

/** Which moment is told from here on, and when it was as this voice tells it. */
export interface MomentSaid {
  /** A life event, or the key of moments tied together; null when nothing here has that name. */
  readonly moment: string | null;
  /** What the teller calls it; empty when the moment's own name will do. */
  readonly title: string;
  readonly day: string | null;
  readonly precision: SaidPrecision;
}

export type BlockKind = Block['type'];

/** A block laid flat, as it is kept and laid open; the words count in UTF-16. */
export interface FlatBlock {
  readonly block: string;
  readonly place: number;
  readonly kind: BlockKind;
  readonly level: 2 | 3 | null;
  readonly language: string;
  readonly text: string;
  readonly content: unknown;
  readonly moment: string | null;
  readonly saidDay: string | null;
  readonly saidPrecision: SaidPrecision | null;
  readonly media: string | null;
}

const wordsOf = (content: readonly Inline[] | undefined) => (content ?? []).map(({ text }) => text).join('');

/** The words of a block without marks: those of a list on lines of their own, of an image what can be seen, of a moment its title. */
export function textOf(block: Block): string {
  switch (block.type) {
    case 'list':
      return block.content.map((item) => wordsOf(item.content)).join('\n');
    case 'image':
      return block.attrs.alt;
    case 'voice':
      return '';
    case 'moment':
      return block.attrs.title;
    default:
      return wordsOf(block.content);
  }
}

/** The blocks of a document in order, laid flat. */
export function blocksOf(doc: Doc): FlatBlock[] {
  return doc.content.map((block, place) => ({
    block: block.attrs.id,
    place,
    kind: block.type,
    level: block.type === 'heading' ? block.attrs.level : null,
    language: block.attrs.lang,
    text: textOf(block),
    content: 'content' in block ? (block.content ?? []) : [],
    moment: block.type === 'moment' ? block.attrs.moment : null,
    saidDay: block.type === 'moment' ? block.attrs.day : null,
    saidPrecision: block.type === 'moment' ? block.attrs.precision : null,
    media: block.type === 'image' || block.type === 'voice' ? block.attrs.media : null,
  }));
}

/** What the fingerprint of a block is taken over: its kind, language and words. */
export const sealedWords = ({
  kind,
  language,
  text,
}: Pick<FlatBlock, 'kind' | 'language' | 'text'>): string => `${kind}\n${language}\n${text}`;
