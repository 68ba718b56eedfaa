import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { readable } from '../../initiatives/input.ts';
import '../tables.ts';

/**
 * The entry that someone names by its name, its word in the address, or its whole address, among those they may know of; null when there
 * is none, or more than one.
 */
export async function entryCalled(tx: Tx, words: string): Promise<string | null> {
  const name = readable(words).trim();
  const slug = name.replace(/^.*\/initiatives\//, '').replace(/[/?#].*$/, '');
  const { rows } = await sql<{ id: string }>`
    select i.id from core.initiative i where i.standing = 'laid' and (i.slug = ${slug}
      or lower((select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1)) = lower(${name}))
    limit 2`.execute(tx);
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** Names of entries that are open on the map around a table, to choose from while typing. */
export async function entriesAround(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct p.name from core.collaboration_table t left join pub.municipality m on m.code = t.municipality
      join pub.initiative_period p on p.valid @> core.today() and (p.province = coalesce(t.province, m.province_code) or p.scope = 'national') and p.state <> 'ended'
    where t.id = ${table} order by 1 limit 300`.execute(tx);
  return rows.map(({ name }) => name);
}
