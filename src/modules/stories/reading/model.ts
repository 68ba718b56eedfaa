import type { Day } from '#platform/clock.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { BlockKind, Inline, SaidPrecision } from '../document/model.ts';
import type { ReadAs, ReadingPrompt, RenderingStanding, RoleThen } from '../model.ts';

/** A telling in another language, as it is signed. */
export interface Made {
  readonly id: string;
  readonly language: string;
  readonly madeHow: 'person' | 'machine';
  readonly signedAs: string | null;
  readonly standing: RenderingStanding;
}

/** A photo or a voice, as far as a page has to know of it; its bytes are at /m/ID. */
export interface Heard {
  readonly id: string;
  readonly kind: 'photo' | 'voice';
  readonly type: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly alt: string | null;
}

export interface ReadBlock {
  readonly block: string;
  readonly kind: BlockKind;
  readonly level: 2 | 3 | null;
  readonly language: string;
  readonly text: string;
  /** Words with marks; of a list its items. */
  readonly content: readonly (Inline | ListItem)[];
  readonly moment: string | null;
  readonly saidDay: Day | null;
  readonly saidPrecision: SaidPrecision | null;
  /** Its photo or voice, among the media of the telling. */
  readonly media: string | null;
  /** Its words in the language they are read in, and whether the original changed since; null when it is only there as it was told. */
  readonly rendered: { readonly text: string; readonly stale: boolean } | null;
}

export interface ListItem {
  readonly type: 'item';
  readonly content?: readonly Inline[];
}

/** One voice: a telling as this reader may read it. */
export interface Voice {
  readonly id: string;
  readonly slug: string;
  readonly language: string;
  readonly title: string;
  /** The name the teller chose to be shown; null is none. */
  readonly name: string | null;
  readonly roleThen: RoleThen | null;
  readonly toldHow: 'alone' | 'with-someone';
  readonly invented: boolean;
  readonly findable: boolean;
  readonly themes: readonly Theme[];
  readonly province: string | null;
  readonly openedOn: Day;
  readonly readAs: ReadAs;
  /** All languages it can be read in besides its own. */
  readonly renderings: readonly Made[];
  readonly media: readonly Heard[];
  /** The one that is shown; null when it is shown as it was told. */
  readonly rendering: Made | null;
  readonly blocks: readonly ReadBlock[];
}

/** The key of a telling, and since when it can be read. */
export interface Key {
  readonly id: string;
  readonly on: Day;
}

/** A telling as it comes from the database, without its words. */
export type Head = Omit<Voice, 'rendering' | 'blocks'>;
export type BlockRow = ReadBlock & { readonly telling: string };

/** Which tellings: those about initiatives or with a moment of theirs, or these. */
export type Which =
  | { readonly about: readonly string[]; readonly moments: readonly string[] }
  | { readonly ids: readonly string[] }
  | { readonly slug: string };

const firmest: readonly RenderingStanding[] = ['checked-by-teller', 'checked-by-other', 'done'];

/** The rendering that serves a reader of this language best: a person's before a machine's, a checked one before one that is not. Null when it was told in that language, or is not there. */
export function renderingFor(told: string, wanted: string, made: readonly Made[]): Made | null {
  if (told.split('-')[0] === wanted) return null;
  const worth = ({ madeHow, standing }: Made) => (madeHow === 'machine' ? 10 : 0) + firmest.indexOf(standing);
  const [best] = made.filter(({ language }) => language === wanted).sort((a, b) => worth(a) - worth(b));
  return best ?? null;
}

/** An answer of this reader to one of the questions about a telling. */
export interface OwnReading {
  readonly id: string;
  readonly prompt: ReadingPrompt;
  readonly words: string;
  readonly language: string;
  readonly forTeller: boolean;
  readonly madeOn: Day;
}

/** How many voices stand on one page of moments. */
export const voicesAtOnce = 12;

/**
 * How a voice is called to a reader, on whatever way out: by the name it chose, with what it was then beside it; without a name only by
 * what it was, or only as a voice.
 */
export function calledIn(
  say: Speech,
  { name, roleThen }: Pick<Head, 'name' | 'roleThen'>,
): { readonly name: string | null; readonly was: string | null } {
  const role = roleThen === 'other' ? null : roleThen;
  if (name) return { name, was: role && say(`stories.role.${role}`) };
  return { name: null, was: say(role ? `stories.voice.${role}` : 'stories.voice') };
}
