import { sql, type RawBuilder } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { DatePrecision, Kind, LedBy } from '../model.ts';
import type { Field, Relation, RelationType, Standing, Stone, ToldRelation, Voice } from './model.ts';

interface RelationRow {
  key: string;
  from: string;
  type: RelationType;
  to: string;
  since: Day | null;
  since_precision: DatePrecision;
  until: Day | null;
  until_precision: DatePrecision;
  valid_from: Day | null;
  valid_until: Day | null;
  standing: Standing;
  asserted_by: string;
  sources: string[];
}

const relationColumns = sql`r.key, a.slug as "from", r.type, b.slug as "to", r.since, r.since_precision, r.until, r.until_precision,
  lower(r.valid) as valid_from, upper(r.valid) as valid_until, r.standing, r.asserted_by, r.sources`;
const relationsWithSides = sql`pub.relation r join pub.initiative a on a.id = r.from_id join pub.initiative b on b.id = r.to_id`;

/** The voices of a relation as a list, those of both sides first. */
export const voicesOf = (from: RawBuilder<unknown>, relation: RawBuilder<unknown>) => sql<Voice[]>`
  (select coalesce(jsonb_agg(jsonb_build_object('who', v.who, 'stance', v.stance, 'saidOn', v.said_on,
      'words', case when v.words is not null then jsonb_build_object('language', v.language, 'text', v.words) end)
      order by array_position(array['from','to','verifier','public-sources'], v.who)), '[]')
    from ${from} v where v.relation_id = ${relation})`;

function relationFrom(row: RelationRow): Relation {
  return {
    key: row.key,
    from: row.from,
    type: row.type,
    to: row.to,
    since: row.since,
    sincePrecision: row.since_precision,
    until: row.until,
    untilPrecision: row.until_precision,
    valid: { from: row.valid_from, until: row.valid_until },
    standing: row.standing,
    assertedBy: row.asserted_by,
    sources: row.sources,
  };
}

/** The relations of an entry as known on a day, those that stand before those that are over, by the other's name; none that had yet to begin. */
export async function relationsOf(
  tx: Tx,
  initiativeId: string,
  day: Day,
  language: Language,
): Promise<ToldRelation[]> {
  const { rows } = await sql<
    RelationRow & {
      other_slug: string;
      other_name: string;
      other_kind: Kind;
      along: boolean;
      over: boolean;
      note: string | null;
      note_language: string | null;
      note_rendered: boolean | null;
      voices: Voice[];
    }
  >`
    select ${relationColumns}, o.slug as other_slug, o.name as other_name, p.kind as other_kind, r.from_id = ${initiativeId} as along,
      coalesce(upper(r.valid) <= ${day}, false) as over, n.text as note, n.language as note_language, n.origin = 'rendering' as note_rendered,
      ${voicesOf(sql`pub.relation_voice`, sql`r.id`)} as voices
    from ${relationsWithSides}
    join pub.initiative o on o.id = case when r.from_id = ${initiativeId} then r.to_id else r.from_id end
    join lateral (select p.kind from pub.initiative_period p where p.initiative_id = o.id
      order by p.valid @> ${day}::date desc, p.valid desc limit 1) p on true
    left join lateral (select t.text, t.language, t.origin from pub.relation_text t where t.relation_id = r.id
      order by t.language = ${language} desc, t.language = 'nl' desc, t.language = 'en' desc, t.language limit 1) n on true
    where (r.from_id = ${initiativeId} or r.to_id = ${initiativeId}) and (lower(r.valid) is null or lower(r.valid) <= ${day})
    order by over, lower(o.name), r.key`.execute(tx);
  return rows.map((row) => ({
    relation: relationFrom(row),
    other: { slug: row.other_slug, name: row.other_name, kind: row.other_kind },
    along: row.along,
    over: row.over,
    voices: row.voices,
    note:
      row.note !== null && row.note_language !== null
        ? { text: row.note, language: row.note_language, rendered: row.note_rendered ?? false }
        : null,
  }));
}

const remembered = new Map<string, Field>();
const mostRemembered = 12;

// Whatever is laid open anew is written anew, so the newest transaction and the number of rows tell whether anything changed.
async function versionOf(tx: Tx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ', current_database(),
      (select concat_ws(' ', max(xmin::text::bigint), count(*)) from pub.relation),
      (select concat_ws(' ', max(xmin::text::bigint), count(*)) from pub.initiative_period)) as version`.execute(
    tx,
  );
  return rows[0]?.version ?? '';
}

/**
 * Who lives in the open field on a day, and the relations that stand that day between two who live.
 * The same object comes back while nothing has changed, so that what is worked out of it can be kept with it.
 */
export async function fieldGraph(tx: Tx, day: Day): Promise<Field> {
  const name = `${await versionOf(tx)} ${day}`;
  const before = remembered.get(name);
  if (before) return before;
  const stones = await sql<{
    slug: string;
    name: string;
    kind: Kind;
    led_by: LedBy;
    municipality: string | null;
    province: string | null;
    valid_from: Day | null;
    valid_until: Day | null;
  }>`
    select i.slug, p.name, p.kind, p.led_by, p.municipality, p.province, lower(p.valid) as valid_from, upper(p.valid) as valid_until
    from pub.initiative_period p join pub.initiative i on i.id = p.initiative_id
    where p.valid @> ${day}::date and p.state <> 'ended' order by i.slug`.execute(tx);
  const living = new Map(
    stones.rows.map((row): [string, Stone] => [
      row.slug,
      {
        slug: row.slug,
        name: row.name,
        kind: row.kind,
        ledBy: row.led_by,
        municipality: row.municipality,
        province: row.province,
        valid: { from: row.valid_from, until: row.valid_until },
      },
    ]),
  );
  const relations = await sql<RelationRow>`
    select ${relationColumns} from ${relationsWithSides} where r.valid @> ${day}::date order by r.key`.execute(
    tx,
  );
  const field: Field = {
    day,
    stones: living,
    relations: relations.rows.map(relationFrom).filter(({ from, to }) => living.has(from) && living.has(to)),
  };
  remembered.set(name, field);
  const oldest = remembered.keys().next();
  if (remembered.size > mostRemembered && !oldest.done) remembered.delete(oldest.value);
  return field;
}
