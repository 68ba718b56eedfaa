import { isDay, type Day } from '#platform/clock.ts';
import { keyIn, keysIn, wordsIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { chosenIn } from '../input.ts';
import { opennesses } from '../model.ts';
import type { DecidingReason, DecisionWish, DissentWish, MeetingWish } from './model.ts';

const fits = (text: string, most: number) => text.length >= 3 && text.length <= most;

/** The day something was: today when nothing is said; null when it is no day, or still to come. */
function dayUpTo(form: FormData, today: Day): Day | null {
  const said = wordsIn(form, 'day');
  if (said === '') return today;
  return isDay(said) && said <= today ? said : null;
}

/** A meeting, or the first thing that is wrong with it. */
export function parseMeeting(form: FormData, today: Day): Result<MeetingWish, DecidingReason> {
  const day = dayUpTo(form, today);
  const about = wordsIn(form, 'about');
  if (!day) return refused('tables.desk.refused.day');
  if (!fits(about, 200)) return refused('tables.desk.refused.about');
  return ok({ day, about, session: keyIn(form, 'session'), seats: keysIn(form, 'present') });
}

/** A decision, or the first thing that is wrong with it. */
export function parseDecision(form: FormData, today: Day): Result<DecisionWish, DecidingReason> {
  const day = dayUpTo(form, today);
  const [what, reasons] = [wordsIn(form, 'what', true), wordsIn(form, 'reasons', true)];
  if (!fits(what, 500)) return refused('tables.desk.refused.what');
  if (!fits(reasons, 1000)) return refused('tables.desk.refused.reasons');
  if (!day) return refused('tables.desk.refused.day');
  return ok({
    day,
    what,
    reasons,
    openTo: chosenIn(form, 'open-to', ['table', 'everyone'] as const),
    meeting: keyIn(form, 'meeting'),
    seats: keysIn(form, 'present'),
  });
}

/** A disagreement, or what is wrong with it. */
export function parseDissent(form: FormData): Result<DissentWish, DecidingReason> {
  const [decision, seat] = [keyIn(form, 'decision'), keyIn(form, 'seat')];
  const words = wordsIn(form, 'words', true);
  if (!decision || !seat) return refused('tables.desk.refused.not-there');
  if (!fits(words, 500)) return refused('tables.desk.refused.words');
  return ok({ decision, seat, words, openly: chosenIn(form, 'openly', opennesses) });
}

/** Which disagreement is taken back. */
export function parseDissentBack(
  form: FormData,
): Result<Pick<DissentWish, 'decision' | 'seat'>, DecidingReason> {
  const [decision, seat] = [keyIn(form, 'decision'), keyIn(form, 'seat')];
  return decision && seat ? ok({ decision, seat }) : refused('tables.desk.refused.not-there');
}
