import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import { lastLine } from '../queries.server.ts';
import '../tables.ts';

/**
 * Says yes to what this word asks about, from the present line of the diary on; a second yes changes nothing. Answers false
 * when the word opens nothing. Asks a transaction of the house.
 */
export async function confirmFollowing(tx: Tx, word: string): Promise<boolean> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ following: string; follower: string; confirmed: boolean; again: boolean }>`
    select g.id as following, g.follower_id as follower, g.confirmed_at is not null as confirmed,
      exists (select from vault.following o where o.follower_id = g.follower_id and o.wish = g.wish and o.confirmed_at is not null and o.id <> g.id) as again
    from vault.follower_word w join vault.following g on g.id = w.following_id join vault.follower f on f.id = g.follower_id
    where w.word_hash = ${wordHash(word)} and w.purpose = 'confirm' and now() < w.until for update of f`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) return false;
  if (row.confirmed) return true;
  if (row.again) {
    // Asked twice and said yes to twice: it is followed once, and this word opens the same page.
    await sql`update vault.follower_word set purpose = 'stop', following_id = null where following_id = ${row.following}`.execute(
      tx,
    );
    await tx.deleteFrom('vault.following').where('id', '=', row.following).execute();
    return true;
  }
  await sql`update vault.following set confirmed_at = now(), told_through = ${await lastLine(tx)} where id = ${row.following}`.execute(
    tx,
  );
  return true;
}

/**
 * Ends what the reader of this mail follows: one of it, or all. Whoever follows nothing any more is forgotten, address and
 * all. A word that opens nothing has nothing to end. Asks a transaction of the house.
 */
export async function stopFollowing(tx: Tx, word: string, which: string | 'all'): Promise<void> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ follower: string }>`
    select f.id as follower from vault.follower_word w join vault.follower f on f.id = w.follower_id
    where w.word_hash = ${wordHash(word)} and now() < w.until for update of f`.execute(tx);
  const [row] = rows;
  if (!row) return;
  const all = tx.deleteFrom('vault.following').where('follower_id', '=', row.follower);
  await (which === 'all' ? all : all.where(sql<boolean>`id::text = ${which}`)).execute();
  await forgetIdle(tx, row.follower);
}

/** Throws away what nobody said yes to in time, words that no longer open, and whoever follows nothing. Asks a transaction of the house. */
export async function sweepFollowings(tx: Tx, days: number): Promise<void> {
  await insistOnOperator(tx);
  await sql`delete from vault.following where confirmed_at is null and asked_at < now() - make_interval(days => ${days})`.execute(
    tx,
  );
  await sql`delete from vault.follower_word where until < now()`.execute(tx);
  await forgetIdle(tx, null);
}

async function forgetIdle(tx: Tx, follower: string | null): Promise<void> {
  await sql`delete from vault.follower f where (${follower}::uuid is null or f.id = ${follower})
    and not exists (select from vault.following g where g.follower_id = f.id)`.execute(tx);
}
