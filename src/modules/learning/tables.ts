import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Theme } from '../initiatives/model.ts';
import type { Words } from '../sessions/model.ts';
import type { Work } from './citing/model.ts';
import type { DilemmaLinkKind, DilemmaOrigin, DilemmaSource, Level, OpenPosition } from './dilemmas/model.ts';
import type { KnowledgeKind } from './insight-cards/model.ts';
import type { Beside, Standing } from './model.ts';
import type { NoteKind, OpenChange, OpenQuestion, OpenReading, ReadingKind } from './trajectories/model.ts';

/** What everything that is told here has. */
interface Told {
  standing: Generated<Standing>;
  told_by: string | null;
  called: string | null;
  goes_along: Generated<boolean>;
  told_on: Generated<Day>;
  looked_by: Generated<string | null>;
  looked_on: Generated<Day | null>;
  why: Generated<string | null>;
}

interface DilemmaTable extends Told {
  id: Generated<string>;
  slug: string;
  origin: Generated<DilemmaOrigin>;
  level: Level;
  title: Words;
  what: Words;
  questions: Words[];
  language: string;
  themes: Theme[];
  source: DilemmaSource | null;
}

interface DilemmaPositionTable extends Told {
  id: Generated<string>;
  dilemma: string;
  place: string;
  words: string;
  language: string;
}

interface DilemmaLinkTable {
  dilemma: string;
  kind: DilemmaLinkKind;
  slug: string;
  linked_by: string | null;
}

interface WorkTable {
  id: Generated<string>;
  key: string;
  csl: Work;
  brought_by: string | null;
  brought_on: Generated<Day>;
}

interface InsightQuestionTable {
  id: Generated<string>;
  slug: string;
  question: Words;
  language: string;
  themes: Theme[];
  asked_by: string | null;
  asked_on: Generated<Day>;
}

interface InsightCardTable extends Told {
  id: Generated<string>;
  slug: string;
  kind: KnowledgeKind;
  question: string | null;
  claim: Words;
  holds: Words;
  against: Words;
  grounds: Words;
  language: string;
  themes: Theme[];
}

interface InsightAuthorTable {
  card: string;
  place: number;
  called: string;
}

interface InsightWorkTable {
  card: string;
  work: string;
}

interface TrajectoryTable {
  id: Generated<string>;
  slug: string;
  title: string;
  purpose: string;
  language: string;
  themes: Theme[];
  province: string | null;
  from_day: Day;
  until_day: Day | null;
  standing: Generated<'draft' | 'open'>;
  made_by: string | null;
  made_on: Generated<Day>;
}

interface TrajectoryQuestionTable {
  trajectory: string;
  number: number;
  question: string;
  since: Generated<Day>;
}

interface TrajectoryGatheringTable {
  trajectory: string;
  session: string;
}

interface TrajectoryReadingTable {
  trajectory: string;
  kind: ReadingKind;
  slug: string;
  added_on: Generated<Day>;
}

interface TrajectoryChangeTable extends Told {
  id: Generated<string>;
  trajectory: string;
  day: Day;
  words: string;
  language: string;
}

interface LearnerTable {
  trajectory: string;
  person_id: string;
  since: Generated<Day>;
}

interface LearningNoteTable {
  id: Generated<string>;
  person_id: string;
  trajectory: string | null;
  kind: NoteKind;
  words: string;
  day: Generated<Day>;
}

interface OpenDilemmaTable {
  id: string;
  slug: string;
  origin: DilemmaOrigin;
  level: Level;
  title: Words;
  what: Words;
  questions: readonly Words[];
  language: string;
  themes: Theme[];
  source: DilemmaSource | null;
  called: string | null;
  told_on: Day;
  positions: readonly OpenPosition[];
  links: readonly Beside<DilemmaLinkKind>[];
}

interface OpenInsightTable {
  id: string;
  slug: string;
  kind: KnowledgeKind;
  question_slug: string | null;
  question: Words | null;
  claim: Words;
  holds: Words;
  against: Words;
  grounds: Words;
  language: string;
  themes: Theme[];
  authors: readonly (string | null)[];
  works: readonly Work[];
  told_on: Day;
}

interface OpenTrajectoryTable {
  id: string;
  slug: string;
  title: string;
  purpose: string;
  language: string;
  themes: Theme[];
  province: string | null;
  from_day: Day;
  until_day: Day | null;
  questions: readonly OpenQuestion[];
  sessions: string[];
  reading: readonly OpenReading[];
  changes: readonly OpenChange[];
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.dilemma': DilemmaTable;
    'core.dilemma_position': DilemmaPositionTable;
    'core.dilemma_link': DilemmaLinkTable;
    'core.work': WorkTable;
    'core.insight_question': InsightQuestionTable;
    'core.insight_card': InsightCardTable;
    'core.insight_author': InsightAuthorTable;
    'core.insight_work': InsightWorkTable;
    'core.trajectory': TrajectoryTable;
    'core.trajectory_question': TrajectoryQuestionTable;
    'core.trajectory_gathering': TrajectoryGatheringTable;
    'core.trajectory_reading': TrajectoryReadingTable;
    'core.trajectory_change': TrajectoryChangeTable;
    'core.learner': LearnerTable;
    'core.learning_note': LearningNoteTable;
    'pub.dilemma': OpenDilemmaTable;
    'pub.insight_card': OpenInsightTable;
    'pub.trajectory': OpenTrajectoryTable;
  }
}
