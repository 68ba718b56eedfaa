import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { TableGoer } from '../access.ts';
import '../tables.ts';
import type { SaidAbsence } from './input.ts';
import { absenceLimits, type AbsenceEnd } from './model.ts';
import './tables.ts';

/** Who keeps a table says who is missing at it. */
export async function nameAbsence(
  tx: Tx,
  _who: TableGoer,
  table: string,
  { who, why, since, openly }: SaidAbsence,
  language: Language,
): Promise<Result<null, 'too_many'>> {
  const open = await tx
    .selectFrom('core.table_absence')
    .select('id')
    .where('table_id', '=', table)
    .where('closed_on', 'is', null)
    .execute();
  if (open.length >= absenceLimits.open) return refused('too_many');
  await tx
    .insertInto('core.table_absence')
    .values({
      table_id: table,
      who,
      why,
      language,
      since,
      since_precision: since === null ? 'unknown' : 'year',
      openly,
      closed_on: null,
      closed_how: null,
      closed_words: null,
    })
    .execute();
  return ok(null);
}

/** Who keeps a table says that nobody is missing there any more: someone sits there, or the table sees it differently. */
export async function closeAbsence(
  tx: Tx,
  _who: TableGoer,
  table: string,
  {
    absence,
    how,
    words,
  }: { readonly absence: string; readonly how: AbsenceEnd; readonly words: string | null },
): Promise<Result<null, 'not_there'>> {
  const closed = await tx
    .updateTable('core.table_absence')
    .set({ closed_on: today(), closed_how: how, closed_words: words })
    .where('id', '=', absence)
    .where('table_id', '=', table)
    .where('closed_on', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return closed ? ok(null) : refused('not_there');
}

/** Puts an absence on the open page of its table, or takes it off. */
export async function tellAbsence(
  tx: Tx,
  _who: TableGoer,
  table: string,
  absence: string,
  openly: boolean,
): Promise<Result<null, 'not_there'>> {
  const told = await tx
    .updateTable('core.table_absence')
    .set({ openly })
    .where('id', '=', absence)
    .where('table_id', '=', table)
    .returning('id')
    .executeTakeFirst();
  return told ? ok(null) : refused('not_there');
}

/** Erases an absence, as if it was never said. */
export async function eraseAbsence(
  tx: Tx,
  _who: TableGoer,
  table: string,
  absence: string,
): Promise<Result<null, 'not_there'>> {
  const gone = await tx
    .deleteFrom('core.table_absence')
    .where('id', '=', absence)
    .where('table_id', '=', table)
    .returning('id')
    .executeTakeFirst();
  return gone ? ok(null) : refused('not_there');
}
