import type { Day } from '../clock.ts';
import type { Language } from '../i18n/languages.ts';

/** Words in the language of the sheet, or words that say which language they are in. */
export type Words = string | { readonly text: string; readonly language: string };

export type SheetBlock =
  | { readonly type: 'heading'; readonly level: 2 | 3; readonly words: Words }
  | { readonly type: 'text' | 'aside'; readonly words: Words }
  /** What is known, as pairs: 'Plaats' beside 'Arnhem'. */
  | { readonly type: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Words }[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly Words[] }
  | { readonly type: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Words[])[] }
  /** Words of a voice, with its renderings beside it. `note` says how a rendering was made. */
  | {
      readonly type: 'voice';
      readonly words: string;
      readonly language: string;
      readonly called: string | null;
      readonly renderings: readonly {
        readonly language: string;
        readonly words: string;
        readonly note: string;
      }[];
    }
  /** Stones one steps over, in order: a chain, an agenda. `mark` is a word such as a phase or a state. */
  | {
      readonly type: 'steps';
      readonly steps: readonly {
        readonly name: Words;
        readonly text?: Words;
        readonly mark?: string;
        readonly phase?: 'arrival' | 'landing' | 'rooting';
      }[];
    }
  /** A word beside its sisters: what policy calls it, what people call it, and in which languages. */
  | {
      readonly type: 'term';
      readonly term: Words;
      readonly about: Words | null;
      readonly beside: readonly { readonly label: string; readonly words: Words }[];
    }
  /** A self-contained SVG; `alt` says in words what it shows. */
  | { readonly type: 'drawing'; readonly svg: string; readonly alt: string; readonly caption: string };

/** A page of the house on paper. */
export interface Sheet {
  readonly language: Language;
  /** What it is, above the title: 'Initiatief', 'Actieagenda'. */
  readonly kind: string;
  readonly title: Words;
  readonly subtitle: Words | null;
  readonly opening: Words | null;
  readonly blocks: readonly SheetBlock[];
  /** Where this page lives, in full, and a drawing of it that a phone can read. */
  readonly address: string;
  readonly code: string | null;
  /** Lines at the foot, such as on which day this was so. */
  readonly foot: readonly string[];
  readonly day: Day;
}
