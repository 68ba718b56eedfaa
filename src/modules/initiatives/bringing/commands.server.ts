import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Importer } from './access.ts';
import type { MeantFile } from './input.ts';
import { limits, type Form, type Outcome } from './model.ts';
import './tables.ts';

export interface BroughtFile {
  readonly bytes: Buffer;
  readonly name: string;
  readonly form: Form;
  readonly rows: number;
  readonly language: Language;
}

/** Keeps a file that someone wants to bring in, until they have said what its columns mean; answers its key. */
export async function beginBringing(
  tx: Tx,
  who: Importer,
  file: BroughtFile,
): Promise<Result<{ id: string }, 'too_big'>> {
  if (file.bytes.length > limits.bytes) return refused('too_big');
  const { id } = await tx
    .insertInto('core.bringing')
    .values({
      source: '',
      form: file.form,
      file_name: file.name.slice(0, 200),
      brought_by: who.id,
      language: file.language,
      sheet: null,
      rows: file.rows,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.insertInto('vault.brought_file').values({ bringing_id: id, bytes: file.bytes }).execute();
  return ok({ id });
}

/**
 * Keeps what the columns of a file mean, also when that is not enough yet, with what its rows look like; refuses a file
 * that is not one's own or is past mapping.
 */
export async function mapBringing(
  tx: Tx,
  who: Importer,
  id: string,
  { source, sheet, mapping }: MeantFile,
  looks: Pick<Outcome, 'alike' | 'alikeCount'> = {},
): Promise<Result<{ id: string }, 'not_there'>> {
  const outcome = JSON.stringify(looks);
  const { numUpdatedRows } = await tx
    .updateTable('core.bringing')
    .set({ source, sheet, mapping: JSON.stringify(mapping), outcome, changed_at: new Date() })
    .where('id', '=', id)
    .where('brought_by', '=', who.id)
    .where('standing', '=', 'mapping')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return refused('not_there');
  return ok({ id });
}

/** Lets a mapped file be brought in as soon as the house has time, with what its bringer chose for rows that look like entries. */
export async function startBringing(
  tx: Tx,
  who: Importer,
  id: string,
  choices: Readonly<Record<string, string>>,
): Promise<Result<{ id: string }, 'not_there'>> {
  if (!isKey(id)) return refused('not_there');
  const { numUpdatedRows } = await tx
    .updateTable('core.bringing')
    .set({ standing: 'waiting', choices: JSON.stringify(choices), changed_at: new Date() })
    .where('id', '=', id)
    .where('brought_by', '=', who.id)
    .where('standing', '=', 'mapping')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return refused('not_there');
  await putOff(tx, 'bring-in', { bringing: id }, { onlyOnce: id });
  return ok({ id });
}

/** Lets go of a file that is not brought in after all. */
export async function dropBringing(
  tx: Tx,
  who: Importer,
  id: string,
): Promise<Result<{ id: string }, 'not_there'>> {
  if (!isKey(id)) return refused('not_there');
  const { numDeletedRows } = await tx
    .deleteFrom('core.bringing')
    .where('id', '=', id)
    .where('brought_by', '=', who.id)
    .where('standing', 'in', ['mapping', 'refused'])
    .executeTakeFirst();
  return numDeletedRows === 0n ? refused('not_there') : ok({ id });
}

/** Notes how far a file is, so that its bringer can see it. The house's own deed. */
export async function noteProgress(tx: Tx, id: string, done: number): Promise<void> {
  await insistOnOperator(tx);
  await tx
    .updateTable('core.bringing')
    .set({ standing: 'running', done, changed_at: new Date() })
    .where('id', '=', id)
    .where('standing', 'in', ['waiting', 'running'])
    .execute();
}

/** Notes what became of a file, and lets the file itself go once it was brought in. The house's own deed. */
export async function endBringing(
  tx: Tx,
  id: string,
  standing: 'done' | 'refused',
  outcome: Outcome,
): Promise<void> {
  await insistOnOperator(tx);
  await tx
    .updateTable('core.bringing')
    .set({ standing, outcome: JSON.stringify(outcome), changed_at: new Date() })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('vault.brought_file').where('bringing_id', '=', id).execute();
}

/** Lets go of files that were left lying for a week; what was brought in stays written down. The house's own deed. */
export async function sweepBringings(tx: Tx): Promise<number> {
  await insistOnOperator(tx);
  const week = new Date(Date.now() - 7 * 24 * 3_600_000);
  const { numDeletedRows } = await tx
    .deleteFrom('core.bringing')
    .where('standing', '=', 'mapping')
    .where('changed_at', '<', week)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
