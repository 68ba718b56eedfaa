import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Region } from '../../asking/model.ts';
import { ownSelection, type OwnSelection } from './access.ts';
import type { ClearedEntry, KeptSelection, Selection } from './model.ts';
import './tables.ts';

const shown = sql`s.key, s.name, s.about, s.kept_by as "keptBy", s.made_on as "madeOn",
  (select count(*) from pub.selection_entry e where e.selection_key = s.key) as count`;

/** The open selections, by name. */
export async function openSelections(tx: Tx): Promise<Selection[]> {
  const { rows } = await sql<Selection>`select ${shown} from pub.selection s order by s.name, s.key`.execute(
    tx,
  );
  return rows;
}

/** An open selection with the entries that were cleared for it, by name; null when there is none under this word. */
export async function openSelection(
  tx: Tx,
  key: string,
  day: Day,
): Promise<{ selection: Selection; entries: ClearedEntry[] } | null> {
  const { rows } = await sql<Selection>`select ${shown} from pub.selection s where s.key = ${key}`.execute(
    tx,
  );
  const [selection] = rows;
  if (!selection) return null;
  const entries = await sql<ClearedEntry>`
    select i.id, i.slug, i.name, p.kind, p.state, p.town, e.cleared_on as "clearedOn"
    from pub.selection_entry e join pub.initiative i on i.id = e.initiative_id ${shapeOn(day)}
    where e.selection_key = ${key} order by i.name, i.slug`.execute(tx);
  return { selection, entries: entries.rows };
}

const shapeOn = (day: Day) => sql`join lateral (
  select p.kind, p.state, p.town from pub.initiative_period p where p.initiative_id = i.id order by p.valid @> ${day}::date desc, p.valid desc limit 1) p on true`;

/** The selections that who is asking keeps, with who cleared what. */
export async function keptSelections(tx: Tx, day: Day): Promise<KeptSelection[]> {
  const { rows } = await sql<
    Omit<KeptSelection, 'entries' | 'region'> & { scope_kind: Region['kind']; scope_id: string }
  >`
    select ${shown}, s.id, s.scope_kind, s.scope_id from core.selection s where s.ended_on is null order by s.name, s.key`.execute(
    tx,
  );
  return Promise.all(
    rows.map(async ({ scope_kind, scope_id, ...row }) => ({
      ...row,
      region: { kind: scope_kind, id: scope_id },
      entries: await keptEntries(tx, row.id, day),
    })),
  );
}

async function keptEntries(tx: Tx, selection: string, day: Day): Promise<KeptSelection['entries'][number][]> {
  const { rows } = await sql<KeptSelection['entries'][number]>`
    select i.id, i.slug, i.name, p.kind, p.state, p.town, e.cleared_on as "clearedOn",
      coalesce((select m.called from core.person m where m.id = e.cleared_by), (select c.called from core.selection_keepers(${selection}) c where c.id = e.cleared_by)) as by
    from (select distinct on (c.entry) c.* from core.cleared_for(${selection}) c order by c.entry, c.cleared_on, c.under) e
      join pub.initiative i on i.id = e.entry ${shapeOn(day)}
    order by i.name, i.slug`.execute(tx);
  return rows;
}

/** Whether who is asking may keep selections for this region. */
export async function mayKeepFor(tx: Tx, { kind, id }: Region): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select core.is_operator() or core.holds_in(array['partner','editor'], ${kind}, ${id}) as may`.execute(tx);
  return rows[0]?.may ?? false;
}

/** The selection under this word as a proof that who is asking keeps it; null when they do not or there is none. */
export async function selectionToKeep(tx: Tx, key: string): Promise<OwnSelection | null> {
  const { rows } = await sql<{ id: string; key: string; mine: boolean }>`
    select id, key, core.keeps_selection(id) as mine from core.selection where key = ${key} and ended_on is null`.execute(
    tx,
  );
  return rows[0] ? ownSelection(rows[0]) : null;
}
