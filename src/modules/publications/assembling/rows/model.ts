import type { Day } from '#platform/clock.ts';
import type { Work } from '../../../learning/citing/model.ts';
import type { RoleThen } from '../../../stories/model.ts';
import type {
  ArticleKind,
  BookBlock,
  Erratum,
  FigureShown,
  Part,
  PublicationKind,
  RestsOn,
  Voice,
  Way,
} from '../../model.ts';

/** What an edition is made of, in the columns of `pub.*`; a proof gives rows of the same shape from what is being written. */
export interface EditionRows {
  readonly publication: {
    readonly slug: string;
    readonly kind: PublicationKind;
    readonly language: string;
    readonly issue: number | null;
    readonly invented: boolean;
  };
  /** `number` and `released_on` are null for a proof. */
  readonly edition: {
    readonly number: number | null;
    readonly title: string;
    readonly subtitle: string;
    readonly opening: string;
    readonly changed: string;
    readonly credits: readonly { readonly called: string; readonly part: Part }[];
    readonly released_on: Day | null;
  };
  readonly articles: readonly ArticleRow[];
  readonly paragraphs: readonly ParagraphRow[];
  readonly draws: readonly DrawRow[];
  readonly voices: readonly VoiceRow[];
  readonly renderings: readonly RenderingRow[];
  readonly figures: readonly FigureRow[];
  readonly pictures: readonly PictureRow[];
  readonly errata: readonly Erratum[];
  /** Works of the library that notes name, by key. */
  readonly works: readonly Work[];
  /** What can be shown of insights and promises that blocks rest on. */
  readonly named: readonly NamedRow[];
}

export interface ArticleRow {
  readonly article: string;
  readonly slug: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly byline: readonly string[];
  readonly place: number;
}

export interface ParagraphRow {
  readonly paragraph: string;
  readonly article: string;
  readonly place: number;
  readonly kind: BookBlock['type'];
  readonly level: number | null;
  readonly language: string;
  readonly text: string;
  readonly voice: string | null;
  readonly figure: string | null;
  readonly picture: string | null;
}

/** Of a voice `key` is its own; of the rest, the word in the address. */
export interface DrawRow {
  readonly paragraph: string;
  readonly kind: RestsOn['kind'];
  readonly key: string;
  readonly way: Way | 'margin';
}

export interface VoiceRow {
  readonly key: string;
  readonly kind: Voice['kind'];
  readonly stance: Voice['stance'];
  readonly words: string;
  readonly language: string;
  readonly called: string | null;
  readonly role_then: RoleThen | null;
  readonly telling: string | null;
  readonly on_web: boolean;
  readonly on_paper: boolean;
  readonly called_on_paper: string | null;
}

export interface RenderingRow {
  readonly key: string;
  readonly language: string;
  readonly words: string;
  readonly signed_as: string | null;
  readonly made_how: 'person' | 'machine';
}

export interface FigureRow extends Omit<FigureShown, 'takenOn'> {
  readonly id: string;
  readonly taken_on: Day;
}

/** `bytes` are there only when the book is to carry its pictures along. */
export interface PictureRow {
  readonly id: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly credit: string;
  readonly bytes?: Uint8Array;
}

export interface NamedRow {
  readonly kind: 'insight' | 'promise';
  readonly key: string;
  readonly name: string;
  readonly address: string;
}
