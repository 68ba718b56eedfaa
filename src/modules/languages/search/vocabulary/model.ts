import type { Word } from '../model.ts';

export interface WordInTongue extends Word {
  readonly tongue: string;
}

export interface Standing {
  readonly languages: readonly {
    readonly language: string;
    readonly texts: number;
    readonly words: number;
  }[];
  /** How many texts have each mark that was asked for. */
  readonly marks: ReadonlyMap<number, number>;
}

export interface AskedForm {
  /** Which word of the question this form belongs to. */
  readonly place: number;
  readonly tongue: string;
  readonly folded: string;
  readonly stem: string;
}

export interface RelatedTerm {
  readonly place: number;
  readonly tongue: string;
  readonly kinship: 'stem' | 'word' | 'begins' | 'ends' | 'within' | 'near' | 'sounds';
  readonly term: number;
  /** The related stem, or for `word`, `near` and `sounds` the related word. */
  readonly form: string;
  readonly texts: number;
  /** Words of this term as the texts write them, at most 12. */
  readonly written: readonly string[];
}

export interface Unknown {
  readonly place: number;
  readonly probes: readonly number[];
  /** Short beginnings are tried only for words nobody wrote. */
  readonly begins: string;
}
