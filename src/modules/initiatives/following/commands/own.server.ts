import { sql } from 'kysely';
import type { Oneself } from '#modules/people/access.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { mostFollowed, type Wish } from '../model.ts';
import { lastLine } from '../queries.server.ts';
import '../tables.ts';

/** Follows for oneself, from now on; the same twice is once. Whoever is signed in by mail said yes to that address already. */
export async function followMyself(
  tx: Tx,
  { person }: Oneself,
  { wish, language, home }: { readonly wish: Wish; readonly language: Language; readonly home: string },
): Promise<Result<null, 'too_many'>> {
  const { id } = await tx
    .insertInto('vault.follower')
    .values({ mail: null, person_id: person, home, told_at: null })
    .onConflict((clash) => clash.column('person_id').doUpdateSet({ home }))
    .returning('id')
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from vault.following where follower_id = ${id}`.execute(tx);
  if ((rows[0]?.n ?? 0) >= mostFollowed) return refused('too_many');
  await sql`insert into vault.following (follower_id, wish, language, confirmed_at, told_through)
    values (${id}, ${JSON.stringify(wish)}::jsonb, ${language}, now(), ${await lastLine(tx)}) on conflict do nothing`.execute(
    tx,
  );
  return ok(null);
}

/** Ends one thing that one follows oneself, or everything. */
export async function stopMyself(tx: Tx, { person }: Oneself, which: string | 'all'): Promise<void> {
  await sql`delete from vault.following g using vault.follower f
    where f.id = g.follower_id and f.person_id = ${person} and (${which === 'all'} or g.id::text = ${which})`.execute(
    tx,
  );
  await sql`delete from vault.follower f where f.person_id = ${person}
    and not exists (select from vault.following g where g.follower_id = f.id)`.execute(tx);
}
