import type { Speech } from '#platform/i18n/speech.ts';
import type { TellProblem } from '../model.ts';

/** What is wrong with a field, in the reader's language; undefined when nothing is. */
export function faultAt(say: Speech, problems: readonly TellProblem[], field: string): string | undefined {
  const wrong = problems.find((problem) => problem.field === field);
  return wrong && say(wrong.reason, { found: wrong.found ?? '' });
}
