import type { Theme } from '../../initiatives/model.ts';
import type { Signing } from '../model.ts';

/** How something is known: by research, by work, or by living it. They stand beside each other, none above another. */
export const knowledgeKinds = ['scientific', 'professional', 'lived'] as const;
export type KnowledgeKind = (typeof knowledgeKinds)[number];

/** An insight as it is written. */
export interface InsightWish extends Signing {
  readonly kind: KnowledgeKind;
  /** The question it speaks to, by its word in the address; null for none. */
  readonly question: string | null;
  readonly claim: string;
  readonly grounds: string;
  readonly holds: string;
  readonly against: string;
  readonly language: string;
  readonly themes: readonly Theme[];
  /** Further authors, under the names they chose. */
  readonly authors: readonly string[];
  /** Keys of works it rests on. */
  readonly works: readonly string[];
}

/**
 * Insights in the order in which they are shown: by their own word in the address, so that no kind ever stands first because of what
 * it is, and everyone sees the same order.
 */
export function besideEachOther<Card extends { readonly slug: string }>(cards: readonly Card[]): Card[] {
  return [...cards].sort((one, other) => (one.slug < other.slug ? -1 : one.slug > other.slug ? 1 : 0));
}

export const insightLimits = { claim: 400, text: 1_500, author: 120, authors: 10, works: 20 } as const;
