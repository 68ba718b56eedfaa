import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { firstTideYear, tidings, type OnDay, type Shore, type TideYear, type Tiding } from './model.ts';

/** How many initiatives whose beginning is known lived at the end of each year (or today), with what began and ended in it. */
export async function tide(tx: Tx, today: Day): Promise<TideYear[]> {
  const { rows } = await sql<TideYear>`
    select y.year,
      (select count(*)::int from pub.initiative_period p where p.start_known and p.state <> 'ended' and p.valid @> least(make_date(y.year, 12, 31), ${today}::date)) as count,
      (select count(*)::int from pub.life_event e where e.kind = 'founded' and extract(year from e.day) = y.year) as started,
      (select count(*)::int from pub.life_event e where e.kind = 'ended' and e.precision <> 'at-latest' and extract(year from e.day) = y.year) as ended
    from generate_series(${firstTideYear}::int, extract(year from ${today}::date)::int) as y(year) order by y.year`.execute(
    tx,
  );
  return rows;
}

/** Who lived on a day, as numbers. */
export async function livingOn(tx: Tx, day: Day): Promise<OnDay> {
  const { rows } = await sql<OnDay>`
    select count(*) filter (where start_known)::int as there, count(*) filter (where not start_known)::int as perhaps
    from pub.initiative_period where valid @> ${day}::date and state <> 'ended'`.execute(tx);
  return rows[0] ?? { there: 0, perhaps: 0 };
}

/** What happened after the first day up to and including the last, oldest first; undated events are left out. */
export async function happenedBetween(tx: Tx, from: Day, until: Day, language: Language): Promise<Tiding[]> {
  const { rows } = await sql<Tiding>`
    select e.kind, e.day, e.precision, i.slug, i.name,
      (select jsonb_build_object('language', t.language, 'words', t.text) from pub.life_event_text t where t.fact = e.fact
        order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) as text
    from pub.life_event e join pub.initiative i on i.id = e.initiative_id
    where e.day > ${from}::date and e.day <= ${until}::date and e.kind = any(${[...tidings]}::text[]) and e.precision <> 'at-latest'
    order by e.day, i.name, e.kind <> 'founded', e.kind = 'ended', e.fact`.execute(tx);
  return rows;
}

/** Every spot of the open field with its numbers through the years, for the tide that moves. */
export async function shores(tx: Tx, today: Day): Promise<Shore[]> {
  const { rows } = await sql<Shore>`
    with years as (select y, least(make_date(y, 12, 31), ${today}::date) as day from generate_series(${firstTideYear}::int, extract(year from ${today}::date)::int) y),
      spots as (select distinct lat, lon, town from pub.initiative_period where lat is not null and start_known)
    select s.lat, s.lon, s.town, (
      select array_agg((select count(*)::int from pub.initiative_period p where p.lat = s.lat and p.lon = s.lon and p.start_known
        and p.state <> 'ended' and p.valid @> y.day) order by y.y) from years y) as counts
    from spots s order by s.lat, s.lon`.execute(tx);
  return rows;
}
