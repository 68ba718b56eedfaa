import { isDay, type Day } from '#platform/clock.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { endsInTime, limits, monthsLater, whoKinds } from '../model.ts';
import { monthsToChoose, type AskedCarrier, type SaidPromise } from './model.ts';

// Signs that are not seen, or that turn the words around them.
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** A text of a form without what is not seen; on one line unless it may have more. */
export function wordsIn(form: FormData, name: string, lines = false): string {
  const said = form.get(name);
  if (typeof said !== 'string') return '';
  const text = said.toWellFormed().normalize('NFC').replaceAll('\r\n', '\n');
  const seen = lines
    ? text
        .split('\n')
        .map((line) => line.replace(unseen, ' '))
        .join('\n')
    : text.replace(unseen, ' ').replace(/\s+/g, ' ');
  return seen.trim();
}

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
  const keys = (name: string) => form.getAll(name).map(String).filter(isKey);
  return ok({
    what,
    whoKind,
    toWhom: wordsIn(form, 'to-whom').slice(0, limits.toWhom) || null,
    byDay: byDay.value,
    issue: keys('issue')[0] ?? null,
    statements: [...new Set(keys('statement'))].slice(0, limits.statements),
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
