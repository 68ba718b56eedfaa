import { isDay, type Day } from '#platform/clock.ts';
import { keyIn, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { absenceEnds, absenceLimits, type AbsenceEnd } from './model.ts';

export interface SaidAbsence {
  readonly who: string;
  readonly why: string;
  readonly since: Day | null;
  readonly openly: boolean;
}

/** Whom a table misses, or the first thing that is wrong with it; since is a year up to this one. */
export function parseAbsence(form: FormData, today: Day): Result<SaidAbsence, MessageKey> {
  const who = wordsIn(form, 'who');
  const why = wordsIn(form, 'why', true);
  const year = wordsIn(form, 'since');
  if (who.length < 2) return refused('chairs.desk.refused.who');
  if (who.length > absenceLimits.who) return refused('chairs.desk.refused.who-long');
  if (why.length < 3) return refused('chairs.desk.refused.why');
  if (why.length > absenceLimits.why) return refused('chairs.desk.refused.why-long');
  const since = year === '' ? null : `${year}-01-01`;
  if (since !== null && (!isDay(since) || since > today || year < '1945'))
    return refused('chairs.desk.refused.since');
  return ok({ who, why, since, openly: form.get('openly') !== null });
}

/** Which absence is closed, how, and in which words if any. */
export function parseClosing(
  form: FormData,
): Result<{ absence: string; how: AbsenceEnd; words: string | null }, MessageKey> {
  const absence = keyIn(form, 'absence');
  const how = absenceEnds.find((each) => each === form.get('how'));
  const words = wordsIn(form, 'words', true);
  if (absence === null || !how) return refused('chairs.refused.not_there');
  if (words.length > absenceLimits.words) return refused('chairs.desk.refused.words-long');
  return ok({ absence, how, words: words.length < 2 ? null : words });
}
