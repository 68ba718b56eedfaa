import {
  fewest,
  isAgreed,
  isHere,
  mayWrite,
  most,
  notesFor,
  roleOf,
  type Circle,
  type CircleRole,
  type CircleStep,
  type Keeping,
  type Note,
  type NoteKind,
  type Said,
  type Worded,
} from '../model.ts';
import type { CircleRefusal } from '../round/model.ts';

export interface PersonSeen {
  readonly seat: string;
  readonly called: string | null;
  /** How many-eth they sit, from 1: who gave no name is called by it. */
  readonly place: number;
  readonly role: CircleRole;
  readonly me: boolean;
  /** What they said of the dilemma as it is worded now. */
  readonly said: 'yes' | 'no' | null;
}

/** Words that may be the same for several who wrote them: who wrote a note is not told to anyone but themselves. */
export interface NoteSeen extends Said {
  readonly id: string;
  readonly kind: NoteKind;
  readonly mine: boolean;
}

/** What one phone may see of its circle. */
export interface CircleSeen {
  readonly step: CircleStep;
  readonly round: number;
  readonly endsAt: Date | null;
  readonly here: boolean;
  readonly role: CircleRole;
  readonly people: readonly PersonSeen[];
  readonly hasCase: boolean;
  readonly mayBegin: boolean;
  readonly full: boolean;
  readonly brief: Said | null;
  readonly notes: readonly NoteSeen[];
  /** What may be written now. */
  readonly writes: NoteKind | null;
  readonly dilemma: (Worded & { readonly agreed: boolean; readonly travelled: boolean }) | null;
  readonly kept: Keeping | null;
}

/** What this seat may see: who is not in the circle sees how many are there and no more. */
export function seenBy(circle: Circle, seat: string): CircleSeen {
  const here = isHere(circle, seat);
  const { step, round, endsAt, people, caseGiver, dilemma, kept } = circle;
  const open = here ? circle : { ...circle, brief: null, notes: [], dilemma: null };
  const seen = (note: Note): NoteSeen => ({
    id: note.id,
    kind: note.kind,
    language: note.language,
    text: note.text,
    mine: note.by === seat,
  });
  return {
    step,
    round,
    endsAt: endsAt === null ? null : new Date(endsAt),
    here,
    role: roleOf(circle, seat),
    people: here
      ? people.map((each, at) => ({
          ...each,
          place: at + 1,
          role: roleOf(circle, each.seat),
          me: each.seat === seat,
          said: dilemma?.said[each.seat] ?? null,
        }))
      : [],
    hasCase: caseGiver !== null,
    mayBegin: step === 'gathering' && caseGiver !== null && people.length >= fewest,
    full: people.length >= most,
    brief: open.brief,
    notes: notesFor(open, seat).map(seen),
    writes: mayWrite(circle, seat),
    dilemma: open.dilemma && {
      title: open.dilemma.title,
      level: open.dilemma.level,
      language: open.dilemma.language,
      text: open.dilemma.text,
      agreed: isAgreed(circle),
      travelled: open.dilemma.travelled,
    },
    kept,
  };
}

/** The headings of a file of notes, in the language of who keeps them. */
export type Headings = Readonly<Record<NoteKind | 'title' | 'case' | 'dilemma', string>>;

/** The notes of a round as the case giver keeps them: the case, what was asked and thought, and the dilemma, and nobody's name. */
export function notesToKeep({ brief, notes, dilemma }: Circle, words: Headings, on: string): string {
  const part = (heading: string, lines: readonly string[]) =>
    lines.length > 0 ? [`${heading}\n\n${lines.join('\n\n')}`] : [];
  const of = (kind: NoteKind) => notes.filter((note) => note.kind === kind).map(({ text }) => `- ${text}`);
  return [
    `${words.title}\n${on}`,
    ...part(words.case, brief ? [brief.text] : []),
    ...part(words.question, of('question')),
    ...part(words.thought, of('thought')),
    ...part(words.aloud, of('aloud')),
    ...part(words.back, of('back')),
    ...part(words.dilemma, dilemma ? [dilemma.title, dilemma.text] : []),
  ].join('\n\n\n');
}

/** What was not done on a page of the circle, and why; what was typed stays. */
export interface RefusedInCircle {
  readonly refused: `circle.refused.${CircleRefusal | 'gone'}`;
  readonly deed: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly typed: Readonly<Record<string, string>>;
}
