import { daysLater, type Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Answer, ArticleKind, Standing, Way } from '../../model.ts';
import { isTyped, type BlockKind } from '../../writing/model.ts';

/** An article as who works on it sees it in the list. */
export interface ArticleHead {
  readonly id: string;
  readonly slug: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly byline: readonly string[];
  readonly standing: Standing;
  readonly toldBackOn: Day | null;
  readonly blocks: number;
}

/** An article as it is begun or changed. */
export interface ArticleWish {
  readonly kind: ArticleKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly byline: readonly string[];
}

export const articleLimits = { title: 200, opening: 1_000, byline: 12, name: 80 } as const;

/** A voice on which blocks of an article rest, and what was asked of who it is. */
export interface UsedVoice {
  readonly piece: string;
  readonly ways: readonly Way[];
  readonly askedOn: Day | null;
  readonly shownOn: Day | null;
  readonly answer: Answer | null;
}

export interface Flowing {
  readonly standing: Standing;
  /** How many blocks stand in it. */
  readonly blocks: number;
  readonly voices: readonly UsedVoice[];
  /** In how many blocks, titles, openings and texts of pictures words of a voice stand outside a quote (copiedWords). */
  readonly copied: number;
}

export type FlowRefusal =
  | 'not_from_here'
  | 'nothing_written'
  | 'voices_not_asked'
  | 'voices_not_answered'
  | 'voices_still_in'
  | 'words_copied';

/** How long people have to answer how they are used, from the day they saw it or else were asked. */
export const daysToAnswer = 14;

/** To where an article may be moved by hand; only a release makes it released. */
export const steps: Readonly<Record<Standing, readonly Exclude<Standing, 'released'>[]>> = {
  pitch: ['draft'],
  draft: ['pitch', 'told-back'],
  'told-back': ['draft', 'ready'],
  ready: ['draft', 'told-back'],
  released: ['draft'],
};

/**
 * Whether an article may move there today. Told back: everyone whose words are used was asked. Ready: each of them answered, or had
 * 14 days; nobody who said 'out' is still in; and no block holds a voice's words outside a quote.
 */
export function mayMove(
  article: Flowing,
  to: Exclude<Standing, 'released'>,
  on: Day,
): Result<null, FlowRefusal> {
  if (!steps[article.standing].includes(to)) return refused('not_from_here');
  if (to === 'pitch' || to === 'draft') return ok(null);
  if (article.blocks === 0) return refused('nothing_written');
  const notAsked = article.voices.filter(({ askedOn }) => askedOn === null).length;
  if (notAsked > 0) return refused('voices_not_asked', { count: notAsked });
  if (to === 'told-back') return ok(null);
  const out = article.voices.filter(({ answer }) => answer === 'out').length;
  if (out > 0) return refused('voices_still_in', { count: out });
  const waiting = article.voices.filter((voice) => stillWaits(voice, on)).length;
  if (waiting > 0) return refused('voices_not_answered', { count: waiting });
  return article.copied > 0 ? refused('words_copied', { count: article.copied }) : ok(null);
}

const stillWaits = ({ answer, askedOn, shownOn }: UsedVoice, on: Day): boolean =>
  answer === null && daysLater(shownOn ?? askedOn ?? on, daysToAnswer) > on;

/** From how many words in a row a paragraph holds what somebody said rather than what its writer made of it. */
export const wordsInARow = 8;

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu) ?? [];

export interface Copied {
  /** Which of the voices. */
  readonly voice: number;
  /** The first eight words in a row, as they were compared: small letters, without signs between them. */
  readonly words: string;
}

/**
 * The voices of which this text holds eight words in a row or more, whatever signs, line ends or light marks stand between them.
 * Words of a voice belong in a quote: there they leave when the voice leaves.
 */
export function copiedWords(text: string, voices: readonly string[]): Copied[] {
  const said = wordsOf(text);
  const rows = new Set<string>();
  for (let at = 0; at + wordsInARow <= said.length; at++)
    rows.add(said.slice(at, at + wordsInARow).join(' '));
  if (rows.size === 0) return [];
  return voices.flatMap((voice, index) => {
    const words = wordsOf(voice);
    for (let at = 0; at + wordsInARow <= words.length; at++) {
      const row = words.slice(at, at + wordsInARow).join(' ');
      if (rows.has(row)) return [{ voice: index, words: row }];
    }
    return [];
  });
}

/** The blocks in which words of a voice stand outside a quote, by key; only words that somebody typed can be copied. */
export const copiedIn = (
  blocks: readonly { readonly id: string; readonly kind: BlockKind; readonly text: string }[],
  voices: readonly string[],
): string[] =>
  blocks
    .filter(({ kind, text }) => isTyped(kind) && copiedWords(text, voices).length > 0)
    .map(({ id }) => id);

/** Where an article stands once it is written on: whoever is used in it sees anew what was ready or went out, before it goes out. */
export const onceWritten = (standing: Standing): Standing =>
  standing === 'ready' || standing === 'released' ? 'draft' : standing;
