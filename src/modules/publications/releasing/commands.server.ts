import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Editor, Keeper } from '../access.ts';
import '../tables.ts';
import type { HindranceReason } from './model.ts';
import { hindrancesOf } from './queries.server.ts';

/**
 * Sends out what is ready of a publication as its next edition, `changed` in words, and answers its key; its files are made soon after.
 * Refused by the first reason that stands in the way; the walls refuse it too.
 */
export async function release(
  tx: Tx,
  editor: Editor,
  changed: string,
): Promise<Result<{ edition: string }, HindranceReason>> {
  const { publication } = editor;
  const [hindrance] = await hindrancesOf(tx, publication);
  if (hindrance) return refused(hindrance.reason);
  const { rows } = await sql<{ edition: string }>`
    select core.release_edition(${publication}, ${changed}) as edition`.execute(tx);
  const [out] = rows;
  if (!out) throw new Error('What went out has no key.');
  return ok(out);
}

/** Has the house make the files of an edition again that it could not make, also once the work has ended; false when this is no edition of this publication. */
export async function makeAgain(tx: Tx, { publication }: Keeper, edition: string): Promise<boolean> {
  const found = await tx
    .selectFrom('core.edition')
    .select('id')
    .where('id', '=', edition)
    .where('publication', '=', publication)
    .executeTakeFirst();
  if (!found) return false;
  await putOff(tx, 'make-files', { edition }, { onlyOnce: edition });
  return true;
}
