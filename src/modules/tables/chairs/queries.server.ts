import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { fieldGraph } from '../../initiatives/relations/queries.server.ts';
import type { Known, Surroundings } from './model.ts';

type KnownRow = Known & { readonly province: string | null };

const known = sql`
  select i.slug, p.name, p.kind, p.led_by as "ledBy", p.formality, p.phases, p.themes, p.languages, p.town, p.municipality, p.province
  from pub.initiative_period p join pub.initiative i on i.id = p.initiative_id`;

/**
 * What the street knows on a day of these municipalities (CBS codes) and of the provinces around them, and who is connected to whom.
 * Reads `pub` alone, whoever asks.
 */
export async function surroundingsOf(
  tx: Tx,
  municipalities: readonly string[],
  day: Day,
): Promise<Surroundings> {
  const { rows } = await sql<KnownRow>`${known}
    where p.valid @> ${day}::date and p.state <> 'ended'
      and (p.municipality = any(${[...municipalities]}::text[])
        or p.province in (select m.province_code from pub.municipality m where m.code = any(${[...municipalities]}::text[])))
    order by i.slug`.execute(tx);
  const ours = (entry: Known) => entry.municipality !== null && municipalities.includes(entry.municipality);
  return {
    here: rows.filter(ours),
    around: rows.filter((entry) => !ours(entry)),
    field: await fieldGraph(tx, day),
  };
}

/** What the street knows of these entries on a day, by slug; who lives no more or is not open is not among them. */
export async function knownOf(tx: Tx, slugs: readonly string[], day: Day): Promise<Known[]> {
  const { rows } = await sql<KnownRow>`${known}
    where i.slug = any(${[...slugs]}::text[]) and p.valid @> ${day}::date and p.state <> 'ended' order by i.slug`.execute(
    tx,
  );
  return rows;
}
