import type { Theme } from '../../initiatives/model.ts';
import type { RoleThen } from '../model.ts';
import type { Voice } from '../reading/model.ts';

/** What someone looks for among what anyone may read. */
export interface StoryWish {
  readonly q: string;
  readonly role: RoleThen | null;
  readonly theme: Theme | null;
  /** Code of a province. */
  readonly province: string | null;
  /** Word in the address of an initiative. */
  readonly entry: string | null;
  /** Key of a moment. */
  readonly moment: string | null;
  readonly page: number;
}

export interface FoundStory {
  readonly slug: string;
  readonly kind: string;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly link: string | null;
}

export interface FoundVoices {
  readonly voices: readonly Voice[];
  readonly total: number;
  /** Stories that bring voices together, or are told elsewhere. */
  readonly stories: readonly FoundStory[];
  /** The initiative that was asked about, when the open field has it. */
  readonly entry: { readonly slug: string; readonly name: string } | null;
}

export const tellingsAtOnce = 20;
