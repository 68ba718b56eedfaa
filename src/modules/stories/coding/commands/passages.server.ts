import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Researcher } from '../../access.ts';
import type { PassageSaid } from '../input.ts';

/** Gives a passage of what was released a code, in the researcher's own name; giving it twice is giving it once. */
export async function codePassage(
  tx: Tx,
  who: Researcher,
  codebook: string,
  telling: string,
  said: PassageSaid,
): Promise<Result<null, 'coding.desk.refused.no-code' | 'coding.desk.refused.not-codable'>> {
  const { rows } = await sql<{ version: number | null; codable: boolean | null }>`
    select case when core.codes(${telling}) then core.released_version(${telling}) end as version,
      (select c.is_codable from core.code c where c.codebook = ${codebook} and c.id = ${said.code}) as codable`.execute(
    tx,
  );
  const [found] = rows;
  if (!found?.codable) return refused('coding.desk.refused.no-code');
  if (found.version === null) return refused('coding.desk.refused.not-codable');
  await tx
    .insertInto('core.coded_passage')
    .values({
      codebook,
      code: said.code,
      telling,
      version: found.version,
      block: said.block,
      start_at: said.start,
      end_at: said.end,
      coder: who.person,
      brought_as: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(null);
}

/** Takes one's own code off a passage; the memos about it go too. */
export async function uncodePassage(
  tx: Tx,
  who: Researcher,
  codebook: string,
  passage: string,
): Promise<void> {
  await tx
    .deleteFrom('core.coded_passage')
    .where('codebook', '=', codebook)
    .where('id', '=', passage)
    .where('coder', '=', who.person)
    .execute();
}

/** What a memo is about: a code, a telling, or a passage in a telling. */
export type MemoAbout =
  { readonly code: string } | { readonly telling: string; readonly passage: string | null };

/** Writes a memo; what it is about has to be there for who writes. */
export async function writeMemo(
  tx: Tx,
  who: Researcher,
  codebook: string,
  about: MemoAbout,
  text: string,
): Promise<Result<null, 'coding.desk.refused.gone'>> {
  const memo = { codebook, code: null, passage: null, telling: null, ...about };
  const { rows } = await sql<{ there: boolean }>`select
    case when ${memo.code}::uuid is not null then exists (select from core.code c where c.codebook = ${codebook} and c.id = ${memo.code}::uuid)
      when ${memo.passage}::uuid is not null then exists (select from core.coded_passage p where p.codebook = ${codebook} and p.id = ${memo.passage}::uuid and p.telling = ${memo.telling}::uuid)
      else core.codes(${memo.telling}::uuid) end as there`.execute(tx);
  if (!rows[0]?.there) return refused('coding.desk.refused.gone');
  await tx
    .insertInto('core.memo')
    .values({ ...memo, text, author: who.person })
    .execute();
  return ok(null);
}

/** Lets a memo of one's own go. */
export async function dropMemo(tx: Tx, who: Researcher, codebook: string, memo: string): Promise<void> {
  await tx
    .deleteFrom('core.memo')
    .where('codebook', '=', codebook)
    .where('id', '=', memo)
    .where('author', '=', who.person)
    .execute();
}
