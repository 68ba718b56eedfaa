import type { Day } from '#platform/clock.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { Words } from '../../sessions/model.ts';
import type { Work } from '../citing/model.ts';
import type {
  DilemmaLinkKind,
  DilemmaOrigin,
  DilemmaSource,
  Level,
  OpenPosition,
} from '../dilemmas/model.ts';
import type { KnowledgeKind } from '../insight-cards/model.ts';
import type { OpenChange, OpenQuestion, ReadingKind } from '../trajectories/model.ts';

/** A dilemma in the list. */
export interface ListedDilemma {
  readonly slug: string;
  readonly level: Level;
  readonly title: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly positions: number;
}

/** What stands beside something, under a title of its own, where it can be read. */
export interface Beside {
  readonly kind: DilemmaLinkKind | ReadingKind;
  readonly slug: string;
  readonly title: Words;
}

/** A dilemma with the positions it is seen from. */
export interface ReadDilemma extends Omit<ListedDilemma, 'positions'> {
  readonly origin: DilemmaOrigin;
  readonly what: Words;
  readonly questions: readonly Words[];
  readonly source: DilemmaSource | null;
  readonly called: string | null;
  readonly toldOn: Day;
  readonly positions: readonly OpenPosition[];
  readonly beside: readonly Beside[];
}

/** An insight anyone may read. */
export interface ReadInsight {
  readonly slug: string;
  readonly kind: KnowledgeKind;
  readonly questionSlug: string | null;
  readonly question: Words | null;
  readonly claim: Words;
  readonly holds: Words;
  readonly against: Words;
  readonly grounds: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly authors: readonly (string | null)[];
  readonly works: readonly Work[];
  readonly toldOn: Day;
}

/** Insights that speak to one question, or to none. */
interface QuestionShelf {
  readonly slug: string | null;
  readonly question: Words | null;
  readonly cards: readonly ReadInsight[];
}

/** Insights by the question they speak to, in the order of the questions; those without a question last. */
export function byQuestion(cards: readonly ReadInsight[]): QuestionShelf[] {
  const shelves = new Map<string, ReadInsight[]>();
  for (const card of cards) {
    const slug = card.questionSlug ?? '';
    shelves.set(slug, [...(shelves.get(slug) ?? []), card]);
  }
  return [...shelves]
    .sort(([one], [other]) => (one === '' ? 1 : other === '' ? -1 : one < other ? -1 : 1))
    .map(([slug, its]) => ({ slug: slug || null, question: its[0]?.question ?? null, cards: its }));
}

export interface OpenTrajectoryListed {
  readonly slug: string;
  readonly title: string;
  readonly purpose: string;
  readonly language: string;
  readonly from: Day;
  readonly until: Day | null;
}

/** A gathering of a trajectory that is open itself. */
export interface HeldThere {
  readonly slug: string;
  readonly title: Words;
  readonly language: string;
  readonly day: Day | null;
  readonly precision: 'day' | 'month' | 'year';
}

/** A trajectory anyone may read. */
export interface ReadTrajectory extends OpenTrajectoryListed {
  readonly themes: readonly Theme[];
  readonly province: string | null;
  readonly questions: readonly OpenQuestion[];
  readonly gatherings: readonly HeldThere[];
  readonly works: readonly Work[];
  readonly beside: readonly Beside[];
  readonly changes: readonly OpenChange[];
}

/** Something that happened in a trajectory, where its line is drawn and in the list beside it. */
export type OnTheLine =
  | { readonly kind: 'gathering'; readonly day: Day; readonly gathering: HeldThere }
  | { readonly kind: 'change'; readonly day: Day; readonly change: OpenChange };

/** What happened in a trajectory, by day; gatherings of which no day is known are not among it. */
export const lineOf = ({
  gatherings,
  changes,
}: Pick<ReadTrajectory, 'gatherings' | 'changes'>): OnTheLine[] =>
  [
    ...gatherings.flatMap((gathering): OnTheLine[] =>
      gathering.day ? [{ kind: 'gathering', day: gathering.day, gathering }] : [],
    ),
    ...changes.map((change): OnTheLine => ({ kind: 'change', day: change.day, change })),
  ].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
