import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { selectionRegion, type OwnSelection } from './access.ts';
import { keyFrom, type SelectionWish } from './model.ts';
import { mayKeepFor } from './queries.server.ts';
import './tables.ts';

/** Begins a list of cleared entries for a region; refuses who is neither partner nor editor there. Answers its word in the address. */
export async function beginSelection(
  tx: Tx,
  wish: SelectionWish,
): Promise<Result<{ key: string }, 'region'>> {
  const here = selectionRegion(wish.region, await mayKeepFor(tx, wish.region));
  if (!here) return refused('region');
  const word = keyFrom(wish.name) || 'selection';
  for (let at = 1; at < 100; at++) {
    const { rows } = await sql<{ key: string }>`
      insert into core.selection (key, name, about, kept_by, scope_kind, scope_id, made_by)
      values (${at === 1 ? word : `${word}-${at}`}, ${wish.name}, ${wish.about}, ${wish.keptBy}, ${here.region.kind}, ${here.region.id}, core.viewer_person())
      on conflict (key) do nothing returning key`.execute(tx);
    if (rows[0]) return ok(rows[0]);
  }
  throw new Error('No address is free for a selection of this name.');
}

/** Clears entries for a list, by the words in their addresses; answers which of them nobody may see or are not there. */
export async function clearEntries(
  tx: Tx,
  selection: OwnSelection,
  slugs: readonly string[],
): Promise<{ cleared: number; unknown: string[] }> {
  const { rows } = await sql<{ slug: string }>`
    with named as (select i.id, i.slug from pub.initiative i where i.slug = any(${[...slugs]}::text[])),
      laid as (insert into core.selection_entry (selection_id, initiative_id, cleared_by)
        select ${selection.id}, n.id, core.viewer_person() from named n
        on conflict (selection_id, initiative_id) do nothing returning initiative_id)
    select n.slug from named n`.execute(tx);
  const known = new Set(rows.map(({ slug }) => slug));
  return { cleared: known.size, unknown: slugs.filter((slug) => !known.has(slug)) };
}

/** Takes entries from a list again, also what was cleared before it became one with them; answers how many left the list. */
export async function unclearEntries(
  tx: Tx,
  selection: OwnSelection,
  slugs: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (delete from core.selection_entry e using core.cleared_for(${selection.id}) c join pub.initiative i on i.id = c.entry
      where e.selection_id = ${selection.id} and e.initiative_id = c.under and i.slug = any(${[...slugs]}::text[]) returning c.entry)
    select count(distinct entry)::int as taken from taken`.execute(tx);
  return rows[0]?.taken ?? 0;
}

/** Ends a list: it is open no longer, and what was cleared stays known to its keepers' house. */
export async function endSelection(tx: Tx, selection: OwnSelection): Promise<void> {
  await sql`update core.selection set ended_on = core.today() where id = ${selection.id}`.execute(tx);
}
