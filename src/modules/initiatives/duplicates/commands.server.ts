import { sql } from 'kysely';
import { hasRight, insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { closedFacts, placeWords } from './facts/queries.server.ts';
import { markAlike } from './marks/commands.server.ts';
import { likeness, worth, type Likeness } from './model.ts';
import './tables.ts';

// What so many share says nothing of two of them: the middle of a town, a site that houses a whole federation.
const mostShare = 40;

export interface Sought {
  /** Pairs that shared something and were weighed. */
  readonly weighed: number;
  /** Pairs that wait for a verifier now. */
  readonly open: number;
  /** How many of them were not known before. */
  readonly fresh: number;
}

/**
 * Looks through all that we hold, open or not, for entries that may be one, and lays them ready for verifiers. What was
 * decided before stays decided, and what is no longer alike is let go. Two of whom someone told how they are related are two.
 * Asks a transaction of the house or the operator.
 */
export async function seekLikenesses(tx: Tx): Promise<Sought> {
  await insistOnOperator(tx);
  const { rows: unmarked } = await sql<{ id: string }>`
    select i.id from core.initiative i where i.standing in ('laid', 'proposed')
      and not exists (select from vault.likeness_mark m where m.initiative_id = i.id)`.execute(tx);
  await markAlike(
    tx,
    unmarked.map(({ id }) => id),
  );
  const pairs = await candidates(tx);
  const facts = await closedFacts(
    tx,
    [...new Set(pairs.flatMap(({ one, other }) => [one, other]))],
    await placeWords(tx),
  );
  const found = pairs.flatMap(({ one, other }) => {
    const [mine, theirs] = [facts.get(one), facts.get(other)];
    const alike = mine && theirs ? likeness(mine, theirs) : null;
    return alike && alike.score >= worth.proposing ? [{ one, other, ...alike }] : [];
  });
  return { weighed: pairs.length, ...(await keepFound(tx, found)) };
}

async function candidates(tx: Tx): Promise<{ one: string; other: string }[]> {
  const { rows } = await sql<{ one: string; other: string }>`
    with held as materialized (select initiative_id as id, unnest(marks) as mark from vault.likeness_mark),
      telling as materialized (select mark from held group by mark having count(*) between 2 and ${mostShare})
    select distinct a.id as one, b.id as other
    from telling t join held a on a.mark = t.mark join held b on b.mark = t.mark and b.id > a.id
    where not exists (select from core.relation r where upper_inf(r.recorded)
      and ((r.from_id = a.id and r.to_id = b.id) or (r.from_id = b.id and r.to_id = a.id)))`.execute(tx);
  return rows;
}

async function keepFound(
  tx: Tx,
  found: readonly (Likeness & { readonly one: string; readonly other: string })[],
): Promise<{ open: number; fresh: number }> {
  const list = sql`jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as f(one uuid, other uuid, reasons text[], score real)`;
  await sql`delete from core.likeness l where l.standing = 'open'
    and not exists (select from ${list} where f.one = l.one and f.other = l.other)`.execute(tx);
  const { rows } = await sql<{ fresh: boolean }>`
    insert into core.likeness (one, other, reasons, score) select f.one, f.other, f.reasons, f.score from ${list}
    on conflict (one, other) do update set reasons = excluded.reasons, score = excluded.score where likeness.standing = 'open'
    returning old.id is null as fresh`.execute(tx);
  return { open: rows.length, fresh: rows.filter(({ fresh }) => fresh).length };
}

/**
 * Remembers for good that two entries are two, and why. Refuses whoever does not watch over both, a pair nobody proposed, and
 * one that was made one already. Asks the transaction of who watches over both.
 */
export async function tellApart(
  tx: Tx,
  pair: { readonly one: string; readonly other: string },
  why: string,
): Promise<Result<null, 'duplicates.desk.refused.gone' | 'duplicates.desk.refused.merged'>> {
  if (!(await hasRight(tx, 'watch', [pair.one, pair.other]))) return refused('duplicates.desk.refused.gone');
  const { rows } = await sql<{ standing: string }>`
    update core.likeness set standing = 'not-the-same', decided_by = core.viewer_person(), decided_at = now(), why = ${why.trim() || null}
    where one = least(${pair.one}::uuid, ${pair.other}::uuid) and other = greatest(${pair.one}::uuid, ${pair.other}::uuid)
    and standing <> 'same' returning standing`.execute(tx);
  return rows.length > 0 ? ok(null) : refused('duplicates.desk.refused.merged');
}
