import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { PlaceColumns } from '../../placing/model.ts';

/** Who brings a file in, and where what they bring counts without another looking at it. */
export interface Bringer {
  /** Null is the operator. */
  readonly person: string | null;
  readonly everywhere: boolean;
  /** Codes of the provinces and municipalities they watch over. */
  readonly regions: ReadonlySet<string>;
}

export const theOperator: Bringer = { person: null, everywhere: true, regions: new Set() };

/** What stands for this person today; asks a transaction that sees all grants. Their second factor was asked at the door. */
export async function bringerOf(tx: Tx, person: string): Promise<Bringer> {
  const { rows } = await sql<{ kind: string; id: string }>`
    select scope_kind as kind, scope_id as id from core.role_grant
    where person_id = ${person} and role in ('verifier', 'editor') and ended_on is null
      and core.today() >= from_day and core.today() < until_day`.execute(tx);
  return {
    person,
    everywhere: rows.some(({ kind }) => kind === 'all'),
    regions: new Set(rows.map(({ id }) => id)),
  };
}

export const watchesOver = (
  bringer: Bringer,
  place: Pick<PlaceColumns, 'municipality' | 'province'>,
): boolean =>
  bringer.everywhere ||
  bringer.regions.has(place.province) ||
  (place.municipality !== null && bringer.regions.has(place.municipality));

/** Which of these entries the bringer may bring up to date: where they watch, what they keep, and what they brought that still waits. */
export async function withinReach(
  tx: Tx,
  bringer: Bringer,
  entries: readonly string[],
): Promise<ReadonlySet<string>> {
  if (bringer.everywhere) return new Set(entries);
  const { rows } = await sql<{ id: string }>`
    select i.id from core.initiative i where i.id = any(${[...new Set(entries)]}::uuid[]) and (
      exists (select from vault.initiative_place v where v.initiative_id = i.id and array[v.province, v.municipality] && ${[...bringer.regions]}::text[])
      or (i.standing = 'proposed' and i.added_by = ${bringer.person})
      or exists (select from core.role_grant g where g.person_id = ${bringer.person} and g.role = 'member' and g.scope_id = i.id::text
        and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day))`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** The entries that go by these words in their address, open ones only. */
export async function openEntries(tx: Tx, slugs: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ slug: string; id: string }>`
    select slug, id from pub.initiative where slug = any(${[...new Set(slugs)]}::text[])`.execute(tx);
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

/** The entries whose lasting key one of these words is. */
export async function entriesByKey(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const own = keys.filter((key) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key));
  if (own.length === 0) return new Map();
  const { rows } = await sql<{ id: string; lives: string }>`
    select id, coalesce(merged_into, id) as lives from core.initiative where id = any(${own}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, lives }) => [id, lives]));
}
