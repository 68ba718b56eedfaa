import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Researcher } from '../../access.ts';
import type { CodebookSaid, CodeSaid } from '../input.ts';

/** Makes a codebook that only this researcher has; answers its key. */
export async function makeCodebook(tx: Tx, who: Researcher, said: CodebookSaid): Promise<string> {
  const made = await tx
    .insertInto('core.codebook')
    .values({ ...said, made_by: who.person })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

/** Adds a code at the end of those beside it; its parent has to be in the same codebook. */
export async function addCode(
  tx: Tx,
  _who: Researcher,
  codebook: string,
  said: CodeSaid,
): Promise<Result<string, 'coding.desk.refused.no-parent'>> {
  const codes = await tx.selectFrom('core.code').select('id').where('codebook', '=', codebook).execute();
  if (said.parent && !codes.some(({ id }) => id === said.parent))
    return refused('coding.desk.refused.no-parent');
  const made = await tx
    .insertInto('core.code')
    .values({
      codebook,
      parent: said.parent,
      name: said.name,
      definition: said.definition,
      is_codable: said.isCodable,
      colour: said.colour,
      place: codes.length,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(made.id);
}

/** Removes a code that holds no others and that nobody gave; its memos go with it. Passages that who asks may not see count too. */
export async function removeCode(
  tx: Tx,
  _who: Researcher,
  codebook: string,
  code: string,
): Promise<Result<null, 'coding.desk.refused.in-use'>> {
  const { rows } = await sql<{ used: boolean }>`select core.code_is_used(${code}) as used`.execute(tx);
  if (rows[0]?.used) return refused('coding.desk.refused.in-use');
  await tx.deleteFrom('core.code').where('codebook', '=', codebook).where('id', '=', code).execute();
  return ok(null);
}

/** Shares a codebook with another researcher, or no longer; only who made it may. */
export async function shareCodebook(
  tx: Tx,
  _who: Researcher,
  codebook: string,
  share: { readonly with: string; readonly on: boolean },
): Promise<Result<null, 'coding.desk.refused.no-researcher'>> {
  if (!share.on) {
    await tx
      .deleteFrom('core.codebook_coder')
      .where('codebook', '=', codebook)
      .where('person', '=', share.with)
      .execute();
    return ok(null);
  }
  const { rows } = await sql<{ may: boolean }>`
    select core.keeps_codebook(${codebook}) and core.is_researcher(${share.with}) and ${share.with} <> core.viewer_person() as may`.execute(
    tx,
  );
  if (!rows[0]?.may) return refused('coding.desk.refused.no-researcher');
  await tx
    .insertInto('core.codebook_coder')
    .values({ codebook, person: share.with })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(null);
}
