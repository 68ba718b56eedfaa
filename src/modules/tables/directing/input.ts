import { keyIn, wordsIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { StanceReason, StanceWish } from './model.ts';

/** A place on the line, or the first thing that is wrong with it. Whoever says no about whom places itself. */
export function parseStance(form: FormData): Result<StanceWish, StanceReason> {
  const by = keyIn(form, 'by');
  if (!by) return refused('tables.desk.refused.not-there');
  const said = wordsIn(form, 'position');
  const position = Number(said);
  if (said === '' || !Number.isInteger(position) || position < 0 || position > 100)
    return refused('tables.desk.refused.position');
  const words = wordsIn(form, 'words', true);
  if (words.length < 3 || words.length > 500) return refused('tables.desk.refused.words');
  return ok({
    by,
    about: keyIn(form, 'about') ?? by,
    position,
    words,
    openly: form.get('openly') !== null,
  });
}

/** Which seat directs the process, and who chose it on what ground. */
export function parseDirector(
  form: FormData,
): Result<{ readonly seat: string; readonly ground: string }, StanceReason> {
  const seat = keyIn(form, 'seat');
  return seat
    ? ok({ seat, ground: wordsIn(form, 'ground', true) })
    : refused('tables.desk.refused.not-there');
}
