import { asked, questions, word, type KeptEntry, type Question, type Typed } from '../../keeping/model.ts';
import { visibilities, type Shape, type Visibility } from '../../model.ts';

/** Which of the two a part of the entry is taken from: the one that lives on, or the one that goes up in it. */
export type Side = 'kept' | 'gone';

/** What can be chosen, part by part. How far something is known is not: what either keeps back stays kept back. */
export const parts = questions.filter((question) => question !== 'kept-back');
export type Part = (typeof parts)[number];
export type Choices = Readonly<Partial<Record<Part, Side>>>;

/** How two entries become one. */
export interface MergeWish {
  readonly kept: string;
  readonly gone: string;
  /** A part that is not among them stays as it is. */
  readonly choices: Choices;
  readonly why: string;
  /** Whether who keeps the one that goes may keep the one that lives on. */
  readonly keepers: boolean;
}

export type MergeRefusal =
  | 'duplicates.desk.refused.gone'
  | 'duplicates.desk.refused.merged'
  | 'duplicates.desk.refused.keep-laid'
  | 'duplicates.desk.refused.waiting'
  | 'duplicates.desk.refused.relation-outside';

export type UndoRefusal =
  | 'duplicates.desk.refused.gone'
  | 'duplicates.desk.refused.too-late'
  | 'duplicates.desk.refused.changed-since';

/** For how many days a merger can be undone. */
export const daysToUndo = 30;

const isSaid = (typed: Typed, part: Question) =>
  asked[part].some((field) => word(typed, field) !== '' && field !== 'precision' && field !== 'textLanguage');
const answer = (typed: Typed, part: Question) => asked[part].map((field) => typed[field] ?? []);

/** The parts about which two entries say something else; a place always, when one of them has an exact point that is not shown. */
export function differingParts(
  one: Pick<KeptEntry, 'typed' | 'hasPoint'>,
  other: Pick<KeptEntry, 'typed' | 'hasPoint'>,
): Part[] {
  return parts.filter(
    (part) =>
      JSON.stringify(answer(one.typed, part)) !== JSON.stringify(answer(other.typed, part)) ||
      (part === 'place' && (one.hasPoint || other.hasPoint)),
  );
}

/** What is proposed for each part that differs: what is said rather than what is not, else that of the entry that lives on. */
export function proposedChoices(
  kept: Pick<KeptEntry, 'typed' | 'hasPoint'>,
  gone: Pick<KeptEntry, 'typed' | 'hasPoint'>,
): Choices {
  return Object.fromEntries(
    differingParts(kept, gone).map((part) => [
      part,
      !isSaid(kept.typed, part) && isSaid(gone.typed, part) ? 'gone' : 'kept',
    ]),
  );
}

/** Which of two should live on: the one on the map, then the one that was looked at, then the one that says more, then the first. */
export function livesOn(one: KeptEntry, other: KeptEntry): 'one' | 'other' {
  const said = ({ typed }: KeptEntry) => parts.filter((part) => isSaid(typed, part)).length;
  const ranks = (entry: KeptEntry) => [
    Number(entry.standing === 'laid'),
    Number(entry.checked),
    Date.parse(entry.confirmedOn ?? '1970-01-01'),
    said(entry),
  ];
  const theirs = ranks(other);
  const ahead =
    ranks(one)
      .map((rank, at) => rank - (theirs[at] ?? 0))
      .find((more) => more !== 0) ?? 0;
  return ahead >= 0 ? 'one' : 'other';
}

/** The parts of the shape that are taken from the entry that goes. */
export function shapeTaken(gone: Shape, choices: Choices): Partial<Shape> {
  const inShape = {
    name: 'name',
    kind: 'kind',
    scope: 'scope',
    phases: 'phases',
    themes: 'themes',
    audiences: 'audiences',
    languages: 'languages',
    'led-by': 'ledBy',
    formality: 'formality',
  } as const satisfies Partial<Record<Part, keyof Shape>>;
  return Object.fromEntries(
    Object.entries(inShape).flatMap(([part, key]) =>
      choices[part as Part] === 'gone' ? [[key, gone[key]]] : [],
    ),
  ) as Partial<Shape>;
}

/** The stricter of two ways to be known. */
export const stricter = (one: Visibility, other: Visibility): Visibility =>
  visibilities[Math.max(visibilities.indexOf(one), visibilities.indexOf(other))] ?? 'hidden';
