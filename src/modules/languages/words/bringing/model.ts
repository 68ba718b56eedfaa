import type { Register } from '../model.ts';

/** One way of saying a word, as a public source tells it or as we read it there. */
export interface ToldVersion {
  readonly register: Register;
  readonly language: string;
  readonly term: string;
  readonly also: readonly string[];
  readonly meaning: string | null;
  readonly hides: Readonly<Record<string, string>>;
  readonly sources: readonly string[];
}

export interface ToldWord {
  readonly slug: string;
  readonly versions: readonly ToldVersion[];
}
