import { wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** After how many months of the year it is asked how things are: at least once, each month at most once. */
export function parseMonths(form: FormData): Result<readonly number[], MessageKey> {
  const said = form.getAll('month').map(Number);
  const months = [...new Set(said)].filter((each) => Number.isInteger(each) && each >= 1 && each <= 12);
  return months.length > 0 ? ok(months.toSorted((a, b) => a - b)) : refused('agendas.desk.refused.months');
}

/** Another address for a carrier. */
export function parseMail(form: FormData): Result<string, MessageKey> {
  const mail = wordsIn(form, 'mail').toLowerCase();
  return isMailAddress(mail) ? ok(mail) : refused('agendas.refused.mail');
}
