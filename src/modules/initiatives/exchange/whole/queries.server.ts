import { sql, type RawBuilder } from 'kysely';
import { today, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { OpenEntry, OpenPeriod, RelationBeside } from './model.ts';

const midnight = (day: RawBuilder<unknown>) => sql`((${day})::timestamp at time zone 'Europe/Amsterdam')`;
/** A moment as open data tells it, in milliseconds and UTC. */
export const moment = (at: RawBuilder<unknown>) =>
  sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Every open entry in the shape it is shown in on a day, and when that was last different: when it was laid open so, or
 * when a day came on which it told beforehand to be different.
 */
export const shown = (day: Day) => sql`(
  select i.id, i.origin, i.names, i.sources, i.last_sign, i.confirmed_on, i.checked_on, i.checked_through, i.kept_back,
    p.state, p.name, p.kind, p.formality, p.led_by, p.scope, p.phases, p.themes, p.audiences, p.languages, p.lat, p.place_precision,
    greatest(i.changed_at,
      (select ${midnight(sql`max(lower(b.valid))`)} from pub.initiative_period b where b.initiative_id = i.id and lower(b.valid) <= ${day}::date),
      (select ${midnight(sql`max(t.turn)`)} from pub.relation r cross join lateral (values (lower(r.valid)), (upper(r.valid))) t(turn)
        where r.from_id = i.id and r.type = 'part-of' and t.turn <= ${day}::date)) as modified
  from pub.initiative i
  join lateral (select * from pub.initiative_period p where p.initiative_id = i.id
    order by p.valid @> ${day}::date desc, coalesce(lower(p.valid), '-infinity') <= ${day}::date desc, p.valid desc limit 1) p on true)`;

interface Row extends Omit<OpenEntry, 'periods' | 'shown'> {
  readonly periods: readonly (OpenPeriod & { readonly is_shown: boolean })[];
}

/** All that the street may know of these entries, in the order of their keys. */
export async function entriesOf(tx: Tx, ids: readonly string[]): Promise<OpenEntry[]> {
  if (ids.length === 0) return [];
  const day = today();
  const { rows } = await sql<Row>`
    select i.id, i.slug, i.names, i.origin, i.website, i.mail, i.phone, i.last_sign as "lastSign", i.confirmed_on as "confirmedOn",
      i.checked_on as "checkedOn", i.checked_through as "checkedThrough",
      (i.recorded_at at time zone 'Europe/Amsterdam')::date as "recordedOn", i.sources, i.kept_back as "keptBack",
      (select ${moment(sql`e.modified`)} from ${shown(day)} e where e.id = i.id) as "modifiedAt",
      (select r.to_id from pub.relation r where r.from_id = i.id and r.type = 'part-of' and r.valid @> ${day}::date order by r.key limit 1) as "partOf",
      (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
          order by array_position(array['nl','en'], t.language), t.language), '[]')
        from pub.initiative_text t where t.initiative_id = i.id) as texts,
      (select jsonb_agg(jsonb_build_object('from', lower(p.valid), 'until', upper(p.valid), 'state', p.state, 'startKnown', p.start_known,
          'shape', jsonb_build_object('name', p.name, 'kind', p.kind, 'formality', p.formality, 'ledBy', p.led_by, 'scope', p.scope,
            'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences, 'languages', p.languages),
          'place', jsonb_build_object('precision', p.place_precision, 'town', p.town, 'municipality', p.municipality, 'municipalityName', m.name,
            'province', p.province, 'provinceName', v.name, 'lat', p.lat, 'lon', p.lon),
          'is_shown', p.valid = s.valid) order by p.valid)
        from pub.initiative_period p
        left join pub.municipality m on m.code = p.municipality
        left join pub.province v on v.code = p.province
        cross join (select c.valid from pub.initiative_period c where c.initiative_id = i.id
          order by c.valid @> ${day}::date desc, coalesce(lower(c.valid), '-infinity') <= ${day}::date desc, c.valid desc limit 1) s
        where p.initiative_id = i.id) as periods,
      (select coalesce(jsonb_agg(jsonb_build_object('fact', e.fact, 'kind', e.kind, 'day', e.day, 'precision', e.precision, 'saidBy', e.said_by,
          'insteadOf', e.instead_of, 'sources', e.sources, 'texts', (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
            order by array_position(array['nl','en'], t.language), t.language), '[]') from pub.life_event_text t where t.fact = e.fact))
          order by e.day nulls first, e.kind = 'founded' desc, e.fact), '[]')
        from pub.life_event e where e.initiative_id = i.id) as events,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'type', r.type, 'to', r.to_id, 'since', r.since,
          'sincePrecision', r.since_precision, 'until', r.until, 'untilPrecision', r.until_precision, 'standing', r.standing, 'sources', r.sources,
          'texts', (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
            order by array_position(array['nl','en'], t.language), t.language), '[]') from pub.relation_text t where t.relation_id = r.id),
          'voices', (select coalesce(jsonb_agg(jsonb_build_object('who', w.who, 'stance', w.stance, 'saidOn', w.said_on, 'words', w.words, 'language', w.language)
            order by w.who), '[]') from pub.relation_voice w where w.relation_id = r.id))
          order by r.key), '[]')
        from pub.relation r where r.from_id = i.id) as relations
    from pub.initiative i
    where i.id = any(${[...ids]}::uuid[]) and exists (select from pub.initiative_period p where p.initiative_id = i.id)
    order by i.id`.execute(tx);
  return rows.map((row) => ({
    ...row,
    shown: Math.max(
      0,
      row.periods.findIndex((period) => period.is_shown),
    ),
  }));
}

/** The open entry with this slug; where it lives on under another, or null when the street knows no such entry. */
export async function entryBySlug(
  tx: Tx,
  slug: string,
): Promise<OpenEntry | { readonly movedTo: string } | null> {
  const { rows } = await sql<{ id: string | null; to_slug: string | null }>`
    select i.id, m.to_slug from (values (${slug}::text)) asked(slug)
    left join pub.initiative i on i.slug = asked.slug
    left join pub.initiative_moved m on m.slug = asked.slug and i.id is null`.execute(tx);
  const { id = null, to_slug = null } = rows[0] ?? {};
  if (id === null) return to_slug === null ? null : { movedTo: to_slug };
  const [entry = null] = await entriesOf(tx, [id]);
  return entry;
}

/** Every open relation of an entry, whichever way it goes, with what each voice says of it. */
export async function relationsBeside(tx: Tx, id: string): Promise<RelationBeside[]> {
  const { rows } = await sql<RelationBeside>`
    select r.key, r.type, jsonb_build_object('slug', a.slug, 'name', a.name) as "from", jsonb_build_object('slug', b.slug, 'name', b.name) as "to",
      r.since, r.since_precision as "sincePrecision", r.until, r.until_precision as "untilPrecision", r.standing, r.asserted_by as "assertedBy", r.sources,
      (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
        order by array_position(array['nl','en'], t.language), t.language), '[]') from pub.relation_text t where t.relation_id = r.id) as texts,
      (select coalesce(jsonb_agg(jsonb_build_object('who', w.who, 'stance', w.stance, 'saidOn', w.said_on, 'words', w.words, 'language', w.language)
        order by w.who), '[]') from pub.relation_voice w where w.relation_id = r.id) as voices
    from pub.relation r join pub.initiative a on a.id = r.from_id join pub.initiative b on b.id = r.to_id
    where r.from_id = ${id} or r.to_id = ${id} order by r.key`.execute(tx);
  return rows;
}
