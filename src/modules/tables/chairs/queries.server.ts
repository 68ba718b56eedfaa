import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Phase, Theme } from '../../initiatives/model.ts';
import { fieldGraph } from '../../initiatives/relations/queries.server.ts';
import { municipalities } from '../../places/queries.server.ts';
import '../tables.ts';
import {
  emptyChairs,
  type ChairsSeen,
  type KeptAbsence,
  type Known,
  type NamedAbsence,
  type Surroundings,
} from './model.ts';
import type { OpenAbsenceTable } from './tables.ts';

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

interface AtTable {
  readonly municipality: string | null;
  readonly province: string | null;
  readonly themes: readonly Theme[];
  readonly phases: readonly Phase[];
}

/** The empty chairs of a table as the street may see them, on a day; null when the table is not open to everyone. Reads `pub` alone. */
export async function chairsOf(
  tx: Tx,
  table: string,
  day: Day,
  language: Language,
): Promise<ChairsSeen | null> {
  const at = await tx
    .selectFrom('pub.collaboration_table')
    .select(['municipality', 'province', 'themes', 'phases', 'ended_on'])
    .where('id', '=', table)
    .executeTakeFirst();
  if (!at) return null;
  const absences = await tx
    .selectFrom('pub.table_absence')
    .selectAll()
    .where('table_id', '=', table)
    .orderBy('named_on', 'desc')
    .orderBy('id')
    .execute();
  const { rows } = await sql<{ slug: string }>`
    select distinct i.slug from pub.seat s join pub.initiative i on i.id = s.initiative_id
    where s.table_id = ${table} and s.state = 'taken'`.execute(tx);
  const told = { absences: absences.map(absenceFrom) };
  // Nobody is missing at a table that is over.
  if (at.ended_on !== null) return { ...told, chairs: [], seated: rows.length, places: {} };
  const seats = rows.map(({ slug }) => slug);
  return { ...told, ...(await chairsAround(tx, at, seats, day, language)) };
}

/**
 * The same for who keeps the table: with everyone who sits there and is open on the map, whether or not they wish to be named on
 * its page, and with every absence.
 */
export async function chairsAsKept(
  tx: Tx,
  table: string,
  day: Day,
  language: Language,
): Promise<(Omit<ChairsSeen, 'absences'> & { readonly absences: readonly KeptAbsence[] }) | null> {
  const at = await tx
    .selectFrom('core.collaboration_table')
    .select(['municipality', 'province', 'themes', 'phases'])
    .where('id', '=', table)
    .executeTakeFirst();
  if (!at) return null;
  const absences = await tx
    .selectFrom('core.table_absence')
    .selectAll()
    .where('table_id', '=', table)
    .orderBy('named_on', 'desc')
    .orderBy('id')
    .execute();
  const { rows } = await sql<{ slug: string }>`
    select distinct i.slug from core.seat s join core.open_holders(${table}) h on h.seat = s.id join pub.initiative i on i.id = h.initiative
    where s.table_id = ${table} and s.state = 'taken'`.execute(tx);
  return {
    absences: absences.map((row) => ({ ...absenceFrom(row), openly: row.openly })),
    ...(await chairsAround(
      tx,
      at,
      rows.map(({ slug }) => slug),
      day,
      language,
    )),
  };
}

async function chairsAround(tx: Tx, at: AtTable, seats: readonly string[], day: Day, language: Language) {
  const everywhere = await municipalities(tx, undefined, language);
  const ours = everywhere.filter((each) =>
    at.municipality === null ? each.province === at.province : each.code === at.municipality,
  );
  const codes = ours.map(({ code }) => code);
  const seated = await knownOf(tx, seats, day);
  const { themes, phases } = at;
  const chairs = emptyChairs(await surroundingsOf(tx, codes, day), seated, {
    themes,
    phases,
    municipalities: codes,
  });
  const named = new Set(chairs.flatMap(({ kind, of }) => (kind === 'place' && of !== null ? [of] : [])));
  const places = ours
    .filter(({ code }) => named.has(code))
    .map(({ code, called }) => [code, called] as const);
  return { chairs, seated: seated.length, places: Object.fromEntries(places) };
}

const absenceFrom = (row: Omit<OpenAbsenceTable, 'table_id'>): NamedAbsence => ({
  id: row.id,
  who: row.who,
  why: row.why,
  language: row.language,
  since: row.since,
  sincePrecision: row.since_precision,
  namedOn: row.named_on,
  closed:
    row.closed_on !== null && row.closed_how !== null
      ? { on: row.closed_on, how: row.closed_how, words: row.closed_words }
      : null,
});
