import type { StepKind, Words } from '../model.ts';

/** The parts of minutes, in the order they are read. */
export const sectionNames = ['opening', 'issues', 'landscape', 'harvest', 'promises', 'people'] as const;
export type SectionName = (typeof sectionNames)[number];

/** A view that someone who was there puts beside a part of the minutes. */
export interface Beside {
  readonly language: string;
  readonly text: string;
  readonly answer: string | null;
}

export interface Section {
  readonly name: SectionName;
  /** What the facilitator writes with it, in their own language or several. */
  readonly words: Words;
  readonly beside: readonly Beside[];
  /** How many remarks of the room were taken over in it. */
  readonly corrected: number;
}

/**
 * The minutes of a session. They hold no statement themselves, only which parts there are and what was written with them: what is said
 * stands in one place, so that what someone takes back afterwards leaves the minutes too.
 */
export interface Minutes {
  readonly sections: readonly Section[];
  /** What was done, step by step. */
  readonly course: readonly {
    readonly kind: StepKind;
    readonly fromHouse: string | null;
    readonly prompt: Words;
  }[];
}

/** What the house knows of a session when its draft is written. */
export interface Held {
  readonly course: Minutes['course'];
  readonly statements: number;
  readonly issues: number;
  readonly harvest: number;
  readonly pictures: number;
}

/** The draft that writes itself at the close: the parts there is something to tell about, without a word of anybody's own. */
export function draftOf({ course, statements, issues, harvest, pictures }: Held): Minutes {
  const did = (kind: StepKind) => course.some((step) => step.kind === kind);
  const has: Readonly<Record<SectionName, boolean>> = {
    opening: true,
    issues: statements > 0 || issues > 0,
    landscape: pictures > 0 || did('vote') || did('landscape'),
    harvest: harvest > 0,
    promises: did('promises'),
    people: true,
  };
  return {
    course,
    sections: sectionNames
      .filter((name) => has[name])
      .map((name) => ({ name, words: {}, beside: [], corrected: 0 })),
  };
}

/** What someone who was there would have otherwise. */
export interface Remark {
  readonly id: string;
  readonly section: SectionName;
  readonly language: string;
  readonly text: string;
  readonly standing: 'asked' | 'taken' | 'beside';
  readonly answer: string | null;
}

/** The minutes with every remark in its place: taken over ones are counted, the others stand beside; none is dropped. */
export function withRemarks(minutes: Minutes, remarks: readonly Remark[]): Minutes {
  return {
    ...minutes,
    sections: minutes.sections.map((section) => {
      const about = remarks.filter((remark) => remark.section === section.name);
      return {
        ...section,
        corrected: about.filter(({ standing }) => standing === 'taken').length,
        beside: about
          .filter(({ standing }) => standing !== 'taken')
          .map(({ language, text, answer }) => ({ language, text, answer })),
      };
    }),
  };
}

/**
 * Whether minutes may become public: three days after the draft, or earlier when those who were there sent remarks and each was
 * answered. Without a single remark nobody can know whether the room saw the draft, so the three days stay.
 */
export function mayShare(
  {
    shareFrom,
    remarks,
  }: { readonly shareFrom: Date | null; readonly remarks: readonly Pick<Remark, 'standing'>[] },
  now: Date,
): boolean {
  if (shareFrom === null || now >= shareFrom) return true;
  return remarks.length > 0 && remarks.every(({ standing }) => standing !== 'asked');
}

export const minutesLimits = { remark: 1000, answer: 500, words: 4000, remarks: 300 } as const;
