import { refused, ok, type Result } from '#platform/result.ts';
import type { Day } from '#platform/clock.ts';
import type { Answer, BookArticle, BookBlock, Inline, PublicationKind, Way } from '../model.ts';

/** Words of somebody in a publication, as they themselves find them back. */
export interface UsedPiece {
  readonly piece: string;
  readonly publication: {
    readonly id: string;
    readonly slug: string;
    readonly title: string;
    readonly kind: PublicationKind;
    readonly language: string;
    readonly printed: boolean;
    readonly invented: boolean;
  };
  readonly words: string;
  readonly language: string;
  /** Key under which a book knows the voice. */
  readonly voice: string;
  /** The articles in which something rests on them. */
  readonly articles: readonly { readonly id: string; readonly released: boolean }[];
  readonly askedOn: Day;
  /** Whether they saw it as it stands now. */
  readonly seen: boolean;
  /** Whether they saw it before, when it was otherwise. */
  readonly changed: boolean;
  readonly answer: Answer | null;
  readonly answeredOn: Day | null;
  /** Whether who asks is who told it; else they speak by their word. */
  readonly mine: boolean;
  /** What they gave with their answer. */
  readonly given: string | null;
}

export type AnswerRefusal = 'used_unknown' | 'used_changed' | 'used_released';

/**
 * Whether this answer can be given now: one can always leave; anything else is about what one saw, and until it goes out.
 */
export function mayAnswer(
  { seen, articles }: Pick<UsedPiece, 'seen' | 'articles'>,
  answer: Answer,
): Result<null, AnswerRefusal> {
  if (answer === 'out') return ok(null);
  if (articles.length > 0 && articles.every(({ released }) => released)) return refused('used_released');
  return seen ? ok(null) : refused('used_changed');
}

/** A block that rests on a voice with how, or one that stands next to such a block; 'gap' is where the article goes on unseen. */
export type Around =
  'gap' | { readonly block: BookBlock; readonly ways: readonly Way[]; readonly mine: boolean };

/** What of an article stands around a voice: each block that rests on it, with the one before and the one after. */
export function aroundVoice({ blocks }: BookArticle, voice: string): Around[] {
  const ways = blocks.map((block) => {
    const drawn = block.restsOn.filter(({ key }) => key === voice).map(({ way }) => way);
    const quotes = block.type === 'quote' && block.voice.key === voice;
    return [...new Set<Way>(quotes ? ['quotes', ...drawn] : drawn)];
  });
  const isMine = (at: number) => (ways[at]?.length ?? 0) > 0;
  // A picture says nothing of how a voice is used, and is not open before the rest is.
  const isNear = (block: BookBlock, at: number) =>
    isMine(at) || (block.type !== 'image' && block.type !== 'figure' && (isMine(at - 1) || isMine(at + 1)));
  const shown = blocks.flatMap((block, at) =>
    isNear(block, at) ? [{ block, ways: ways[at] ?? [], mine: isMine(at), at }] : [],
  );
  return shown.flatMap(({ at, ...each }, nth) =>
    at > (shown[nth - 1]?.at ?? -1) + 1 ? (['gap', each] as const) : [each],
  );
}

/** A use that is told back, as who edits the publication follows it. */
export interface ToldBack {
  readonly piece: string;
  /** Null when the walls do not let them be read any more. */
  readonly words: string | null;
  readonly language: string | null;
  readonly articles: readonly { readonly id: string; readonly title: string; readonly language: string }[];
  readonly hears: 'mail' | 'card' | null;
  readonly askedOn: Day | null;
  /** The language in which they are told; null when nobody told them yet. */
  readonly told: string | null;
  readonly shownOn: Day | null;
  readonly changed: boolean;
  readonly answer: Answer | null;
}

/** Where a use stands, for who asks after it. */
export type Stands = 'to-ask' | 'asked' | 'shown' | 'changed' | Answer;

/** Where a use stands: what changed since it was seen is to be shown again, whatever was answered to what it was. */
export function standsAt({ askedOn, shownOn, changed, answer }: ToldBack): Stands {
  if (askedOn === null) return 'to-ask';
  if (changed) return 'changed';
  return answer ?? (shownOn === null ? 'asked' : 'shown');
}

/** What of somebody went out, in an edition. */
export interface WentOut {
  readonly key: string;
  readonly kind: 'quote' | 'own-word';
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly edition: number;
  readonly releasedOn: Day;
  readonly printed: boolean;
  readonly words: string | null;
  readonly wordsLanguage: string | null;
}

/** Words somebody gave to a publication themselves. */
export interface GaveWords {
  readonly id: string;
  readonly title: string | null;
  readonly language: string;
  readonly words: string;
  readonly kind: 'own-words' | 'margin';
}

/** A use as the page shows it to whoever is used. */
export interface UsedShown {
  readonly use: UsedPiece;
  /** What stands around it; nothing before they asked to see it. */
  readonly articles: readonly {
    readonly slug: string;
    readonly title: string;
    readonly opening: string;
    readonly language: string;
    readonly around: readonly Around[];
  }[];
  /** The blocks that rest on it, and how each begins. */
  readonly blocks: readonly { readonly id: string; readonly begins: string; readonly language: string }[];
  /** What else of theirs is used, and where that is shown. */
  readonly others: readonly {
    readonly piece: string;
    readonly words: string;
    readonly language: string;
    readonly to: string;
  }[];
}

const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 88).trimEnd()}…` : text);
const wordsOf = (block: BookBlock): string => {
  if (block.type === 'quote') return block.voice.words;
  if (block.type === 'list') return block.items.flat().map(textOf).join(' ');
  return 'inlines' in block ? block.inlines.map(textOf).join('') : '';
};
const textOf = (inline: Inline): string => (inline.type === 'note' ? '' : inline.text);

/** The blocks of what is shown that rest on a voice, each by how it begins. */
export const restingBlocks = (articles: UsedShown['articles']): UsedShown['blocks'] =>
  articles.flatMap(({ around }) =>
    around.flatMap((each) =>
      each !== 'gap' && each.mine
        ? [{ id: each.block.id, begins: shortened(wordsOf(each.block)), language: each.block.language }]
        : [],
    ),
  );
