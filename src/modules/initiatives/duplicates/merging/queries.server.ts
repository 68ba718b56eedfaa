import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';

/** What an entry holds in itself, besides its life events and relations: columns, names, texts, what it keeps back, and where it is. */
export interface Held {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  readonly texts: readonly object[];
  readonly fields: readonly object[];
  readonly places: readonly object[];
}

/** The columns of core.initiative that a merger may change. */
export const mergedColumns = [
  'visibility',
  'website',
  'last_sign',
  'confirmed_on',
  'sources',
  'mail',
  'phone',
  'checked_on',
  'checked_through',
  'start_shape',
] as const;

/** What an entry holds in itself now, to be put back as it was. Exact places are among it. */
export async function heldBy(tx: Tx, id: string): Promise<Held> {
  const columns = mergedColumns.map((column) => sql`${sql.lit(column)}, i.${sql.ref(column)}`);
  const { rows } = await sql<Held>`
    select jsonb_build_object(${sql.join(columns)}) as entry,
      array(select n.name from core.initiative_name n where n.initiative_id = i.id order by n.name) as names,
      (select coalesce(jsonb_agg(to_jsonb(t) order by t.language), '[]') from core.initiative_text t where t.initiative_id = i.id) as texts,
      (select coalesce(jsonb_agg(to_jsonb(f) order by f.field), '[]') from core.entry_field f where f.initiative_id = i.id) as fields,
      (select coalesce(jsonb_agg(to_jsonb(v) order by v.valid), '[]') from vault.initiative_place v where v.initiative_id = i.id) as places
    from core.initiative i where i.id = ${id}`.execute(tx);
  const [held] = rows;
  if (!held) throw new Error('An entry that is being merged is not there.');
  return held;
}

/** A fingerprint of all that is held of an entry now, its life and its relations too: the same as long as nobody told anything anew. */
export async function markOf(tx: Tx, id: string): Promise<string> {
  const held = JSON.stringify(await heldBy(tx, id));
  const { rows } = await sql<{ mark: string }>`
    select encode(sha256(convert_to(${held} || coalesce((select string_agg(e.fact || lower(e.recorded)::text, ',' order by e.fact)
        from core.life_event e where e.initiative_id = ${id} and upper_inf(e.recorded)), '')
      || coalesce((select string_agg(b.id || b.since::text, ',' order by b.id) from core.relations_beside(${[id]}::uuid[]) b), ''), 'UTF8')), 'hex') as mark`.execute(
    tx,
  );
  return rows[0]?.mark ?? '';
}
