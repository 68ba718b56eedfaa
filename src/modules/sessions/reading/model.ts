import type { Day } from '#platform/clock.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { NoteKind } from '../bringing/model.ts';
import type { Attendance, SessionKind, StatementForm, Words } from '../model.ts';
import type { Minutes, Remark } from '../minutes/model.ts';
import type { Picture } from '../landscape/landscape.ts';

/** What someone looks for among the gatherings anyone may know of. */
export interface SessionWish {
  /** Words of its name, its place, what was asked, found or agreed there, or what people said. */
  readonly q: string;
  readonly kind: SessionKind | null;
  /** Code of a province. */
  readonly province: string | null;
  readonly page: number;
}

/** A gathering in a list. */
export interface SessionInList {
  readonly slug: string;
  readonly origin: 'room' | 'sources';
  readonly kind: SessionKind;
  readonly number: number | null;
  readonly title: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly state: 'coming' | 'held' | 'called-off';
  readonly startsAt: Date | null;
  readonly minutes: number | null;
  readonly heldOn: Day | null;
  readonly heldPrecision: 'day' | 'month' | 'year' | null;
  /** Where, in words as the invitation or the sources say. */
  readonly place: string | null;
  readonly municipality: string | null;
  /** As the municipality calls itself. */
  readonly municipalityItself: string | null;
  readonly province: string | null;
  /** Whether its minutes can be read. */
  readonly told: boolean;
}

export interface FoundSessions {
  readonly coming: readonly SessionInList[];
  readonly held: readonly SessionInList[];
  /** How many were held, on all pages. */
  readonly total: number;
}

/** Something said, with what it is in other languages. */
export interface StatementRead {
  readonly id: string;
  readonly number: number;
  readonly form: StatementForm;
  readonly language: string;
  readonly text: string;
  readonly renderings: readonly {
    readonly language: string;
    readonly text: string;
    readonly signed: string | null;
    readonly how: 'person' | 'machine';
  }[];
  readonly issue: string | null;
}

export interface IssueRead {
  readonly id: string;
  readonly number: number;
  readonly title: Words;
  readonly language: string;
  readonly stones: number | null;
}

/** What stands in the parts of the minutes, for whoever reads them: inside the room, or on the street once they are shared. */
export interface HeldRead {
  readonly language: string;
  readonly people: number | null;
  readonly attendance: Readonly<Partial<Record<Attendance, number>>>;
  readonly smallest: number;
  readonly issues: readonly IssueRead[];
  readonly statements: readonly StatementRead[];
  readonly picture: Picture | null;
}

/** The draft of the minutes as the phones of those who were there show it. */
export interface DraftSeen {
  /** Until when it surely can be corrected; null is until it is shared, at any moment. */
  readonly until: Date | null;
  readonly minutes: Minutes;
  readonly remarks: readonly Remark[];
  readonly held: HeldRead;
}

/** A gathering as anyone may read it. */
export interface SessionRead extends SessionInList, HeldRead {
  readonly id: string;
  readonly purpose: Words;
  readonly organisers: readonly { readonly name: string; readonly slug: string | null }[];
  readonly notes: readonly { readonly kind: NoteKind; readonly texts: Words }[];
  readonly body: Minutes | null;
  readonly confidence: 'high' | 'medium' | 'low' | null;
}

export const sessionsAtOnce = 20;

/** A statement in the language of who reads where someone put it into it, else as it was said. */
export function readIn(
  { text, language, renderings }: Pick<StatementRead, 'text' | 'language' | 'renderings'>,
  reader: string,
): {
  readonly text: string;
  readonly language: string;
  readonly rendering: StatementRead['renderings'][number] | null;
} {
  const rendering = language === reader ? undefined : renderings.find((each) => each.language === reader);
  return rendering
    ? { text: rendering.text, language: reader, rendering }
    : { text, language, rendering: null };
}
