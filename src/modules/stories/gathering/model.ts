import { plainWords } from '../../languages/latin/model.ts';
import type { StoryKind } from '../model.ts';

/** A story that brings tellings together, as anyone reads of it; or one told elsewhere that is described and linked here. */
export interface Story {
  readonly id: string;
  readonly slug: string;
  readonly kind: StoryKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly link: string | null;
  readonly initiatives: readonly { readonly id: string; readonly slug: string; readonly name: string }[];
  readonly tellings: readonly string[];
}

/** A story as who gathers it works on it. */
export interface OwnStory {
  readonly id: string;
  readonly slug: string;
  readonly kind: StoryKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly link: string | null;
  readonly standing: 'draft' | 'open';
  readonly initiatives: readonly { readonly id: string; readonly slug: string; readonly name: string }[];
  readonly tellings: readonly Offered[];
}

/** A telling as it can be chosen for a story. */
export interface Offered {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly name: string | null;
  readonly language: string;
  readonly invented: boolean;
  /** Place in the story; null when it is not in it. */
  readonly place: number | null;
}

/** The word in an address for a title; the tail keeps two of one name apart. */
export function storySlug(title: string, tail: string): string {
  return `${plainWords(title) || 'story'}-${tail}`;
}
