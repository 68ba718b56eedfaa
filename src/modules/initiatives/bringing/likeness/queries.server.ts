import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { openFacts, placeWords } from '../../duplicates/facts/queries.server.ts';
import { comparedOf, likeness, marksOf, worth } from '../../duplicates/model.ts';
import '../../duplicates/tables.ts';
import { mostAlike, mostLooked, type AlikeEntry, type Outcome } from '../model.ts';
import type { PreparedRow } from '../preparing/queries.server.ts';

const mostWeighed = 12;
const mostShown = 3;

/**
 * For each of these rows the open entries it may be the same as, likeliest first; rows that are like none are left out.
 * The same scale as `alikeTo` of duplicates, for many rows at once.
 */
export async function alikeToRows(
  tx: Tx,
  rows: readonly PreparedRow[],
): Promise<Map<number, readonly AlikeEntry[]>> {
  const places = await placeWords(tx);
  const found = new Map<number, readonly AlikeEntry[]>();
  // What is open of an entry is looked up once, however many rows it is like.
  const facts: Awaited<ReturnType<typeof openFacts>> = new Map();
  const named: Awaited<ReturnType<typeof namesOf>> = new Map();
  for (let from = 0; from < rows.length; from += 500) {
    const some = rows.slice(from, from + 500).map(({ row, entry, place, columns }) => ({
      row,
      told: comparedOf(
        {
          names: [entry.shape.name, ...entry.names],
          municipality: columns.municipality,
          point: place.lat !== null && place.lon !== null ? { lat: place.lat, lon: place.lon } : null,
          website: entry.website,
          mail: entry.mail ?? null,
          phone: entry.phone ?? null,
        },
        places,
      ),
    }));
    const marks = some.flatMap(({ row, told }) => marksOf(told).map((mark) => ({ row, mark })));
    const { rows: shared } = await sql<{ row: number; id: string }>`
      select row, id from (
        select asked.row, m.initiative_id as id, row_number() over (partition by asked.row order by count(*) desc, m.initiative_id) as rank
        from unnest(${marks.map(({ row }) => row)}::int[], ${marks.map(({ mark }) => mark)}::int[]) as asked(row, mark)
        join (select initiative_id, unnest(marks) as mark from pub.likeness_mark) m on m.mark = asked.mark group by 1, 2) ranked
      where rank <= ${mostWeighed}`.execute(tx);
    const fresh = [...new Set(shared.map(({ id }) => id))].filter((id) => !facts.has(id));
    for (const [id, told] of await openFacts(tx, fresh, places)) facts.set(id, told);
    for (const [id, entry] of await namesOf(tx, fresh)) named.set(id, entry);
    const byRow = Map.groupBy(shared, ({ row }) => row);
    for (const { row, told } of some) {
      const likely = (byRow.get(row) ?? []).flatMap(({ id }): AlikeEntry[] => {
        const other = facts.get(id);
        const entry = named.get(id);
        if (!other || !entry) return [];
        const { score, reasons } = likeness(told, other);
        return score >= worth.asking ? [{ ...entry, score, reasons }] : [];
      });
      if (likely.length > 0)
        found.set(
          row,
          likely.toSorted((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1)).slice(0, mostShown),
        );
    }
  }
  return found;
}

/** The new rows that look like what is there already, as their bringer is asked about them. */
export async function alikeAmong(
  tx: Tx,
  rows: readonly PreparedRow[],
): Promise<Required<Pick<Outcome, 'alike' | 'alikeCount'>>> {
  const fresh = rows.filter(({ is }) => is === 'new').slice(0, mostLooked);
  const found = await alikeToRows(tx, fresh);
  const alike = fresh.flatMap(({ row, key, entry, place }) => {
    const entries = found.get(row);
    const where = place.town ?? place.municipality ?? place.province ?? '';
    return entries ? [{ row, key, name: entry.shape.name, place: where, entries }] : [];
  });
  return { alike: alike.slice(0, mostAlike), alikeCount: alike.length };
}

async function namesOf(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, Pick<AlikeEntry, 'slug' | 'name' | 'town'>>> {
  const { rows } = await sql<{ id: string; slug: string; name: string; town: string | null }>`
    select i.id, i.slug, i.name, p.town from pub.initiative i
    join lateral (select p.town from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, ...entry }) => [id, entry]));
}
