import { isDay, type Day } from '#platform/clock.ts';
import { wordsIn } from '#platform/form.ts';
import { faultOf, languageIn, linesIn, signingIn, themesIn } from '../input.ts';
import type { TellProblem } from '../model.ts';
import {
  noteKinds,
  readingKinds,
  trajectoryLimits,
  type ChangeWish,
  type NoteKind,
  type TrajectoryWish,
} from './model.ts';

const lastWord = (address: string) =>
  address
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
    .at(-1) ?? '';

/** 'work: damen2021' or an address such as '/nl/learning/dilemmas/dienst-of-vriendschap'; null when it is neither. */
function readingOf(line: string): TrajectoryWish['reading'][number] | null {
  const [, kind = '', rest = ''] = /^([a-z]+)\s*:\s*(?!\/)(\S+)$/.exec(line) ?? [];
  const named = readingKinds.find((known) => known === kind);
  if (named) return { kind: named, slug: lastWord(rest) };
  const [, shelf = '', slug = ''] = /\/(dilemmas|insights|stories)\/([^/?#\s]+)/.exec(line) ?? [];
  const kinds = { dilemmas: 'dilemma', insights: 'insight', stories: 'story' } as const;
  return shelf in kinds ? { kind: kinds[shelf as keyof typeof kinds], slug } : null;
}

/** Reads the form in which a trajectory is set up; what is wrong is told question by question. */
export function parseTrajectory(
  form: FormData,
  reader: string,
): { wish: TrajectoryWish; problems: TellProblem[] } {
  const [from, until] = [wordsIn(form, 'from'), wordsIn(form, 'until')];
  const lines = linesIn(form, 'reading', 100);
  const read = lines.map(readingOf);
  const province = wordsIn(form, 'province');
  const wish: TrajectoryWish = {
    title: wordsIn(form, 'title'),
    purpose: wordsIn(form, 'purpose', true),
    language: languageIn(form, reader),
    themes: themesIn(form),
    province: /^PV\d\d$/.test(province) ? province : null,
    from,
    until: until === '' ? null : until,
    questions: linesIn(form, 'questions', trajectoryLimits.questions),
    gatherings: linesIn(form, 'gatherings', 100).map(lastWord),
    reading: read.filter((one) => one !== null),
  };
  const strange = lines.find((_, at) => read[at] === null);
  const day = (field: string): TellProblem => ({ field, reason: 'learning.problem.day' });
  const problems = [
    ...faultOf('title', wish.title, trajectoryLimits.title),
    ...faultOf('purpose', wish.purpose, trajectoryLimits.purpose),
    ...wish.questions
      .flatMap((question) => faultOf('questions', question, trajectoryLimits.question))
      .slice(0, 1),
    ...(isDay(from) ? [] : [day('from')]),
    ...(until === '' || (isDay(until) && until > from) ? [] : [day('until')]),
    ...(strange === undefined
      ? []
      : [{ field: 'reading', reason: 'learning.problem.unknown' as const, found: strange }]),
  ];
  return { wish, problems };
}

/** Reads what someone says changed since they began; a day that is not given is today, and no day lies ahead. */
export function parseChange(
  form: FormData,
  reader: string,
  today: Day,
): { wish: ChangeWish; problems: TellProblem[] } {
  const day = wordsIn(form, 'day') || today;
  const wish: ChangeWish = {
    day,
    words: wordsIn(form, 'words', true),
    language: languageIn(form, reader),
    ...signingIn(form),
  };
  return {
    wish,
    problems: [
      ...faultOf('words', wish.words, trajectoryLimits.words),
      ...(isDay(day) && day <= today ? [] : [{ field: 'day', reason: 'learning.problem.day' as const }]),
    ],
  };
}

/** Reads a line of someone's own path. */
export function parseNote(form: FormData): {
  wish: { kind: NoteKind; words: string };
  problems: TellProblem[];
} {
  const kind = noteKinds.find((known) => known === wordsIn(form, 'kind')) ?? 'asked';
  const words = wordsIn(form, 'words', true);
  return { wish: { kind, words }, problems: faultOf('words', words, trajectoryLimits.note) };
}
