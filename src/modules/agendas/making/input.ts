import { isDay, type Day } from '#platform/clock.ts';
import { keyIn, keysIn, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { endsInTime, limits, monthsLater, whoKinds } from '../model.ts';
import { monthsToChoose, type AskedCarrier, type SaidPromise } from './model.ts';

/** Who is asked to carry it, or what is wrong with the name or the address. */
export function parseCarrier(form: FormData): Result<AskedCarrier, MessageKey> {
  const called = wordsIn(form, 'called');
  const mail = wordsIn(form, 'mail').toLowerCase();
  if (called === '') return refused('agendas.refused.called');
  if (called.length > limits.called) return refused('agendas.refused.called-long');
  if (mail !== '' && !isMailAddress(mail)) return refused('agendas.refused.mail');
  return ok({ called, mail: mail === '' ? null : mail });
}

/** A promise as the room makes it on this day, or the first thing that is wrong with it. A voice may come without words. */
export function parsePromise(form: FormData, today: Day, spoken = false): Result<SaidPromise, MessageKey> {
  const what = wordsIn(form, 'what', true);
  if (what === '' && !spoken) return refused('agendas.refused.what');
  if (what.length > limits.what) return refused('agendas.refused.what-long');
  const whoKind = whoKinds.find((each) => each === form.get('who-kind')) ?? 'person';
  const byDay = parseDay(form, today);
  if (!byDay.ok) return byDay;
  const carrier = parseCarrier(form);
  if (!carrier.ok) return carrier;
  return ok({
    what,
    whoKind,
    toWhom: wordsIn(form, 'to-whom').slice(0, limits.toWhom) || null,
    byDay: byDay.value,
    issue: keyIn(form, 'issue'),
    statements: keysIn(form, 'statement').slice(0, limits.statements),
    carrier: carrier.value,
  });
}

/** By when: a day, or else a number of months; never past a year. */
export function parseDay(form: FormData, today: Day): Result<Day, MessageKey> {
  const day = wordsIn(form, 'by-day');
  if (day !== '') return isDay(day) && endsInTime(day, today) ? ok(day) : refused('agendas.refused.by-day');
  const months = monthsToChoose.find((each) => String(each) === form.get('months'));
  return ok(monthsLater(today, months ?? 3));
}
