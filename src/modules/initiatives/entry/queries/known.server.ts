import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { entryFields, type EntryField, type KeptReason, type Visibility } from '../../model.ts';
import type { Entry, EntryEvent, EntryPeriod } from '../model.ts';

interface Level {
  field: EntryField;
  level: Visibility;
  reason: KeptReason | null;
  known: boolean;
}

/** For each part of an entry how far it may be known, and whether who is asking is let that far. */
async function levelsOf(tx: Tx, id: string): Promise<Level[]> {
  const { rows } = await sql<Level>`
    select f.field, l.level, e.reason, core.may_know(${id}, l.level) as known
    from unnest(${[...entryFields]}::text[]) as f(field)
    left join core.entry_field e on e.initiative_id = ${id} and e.field = f.field
    cross join lateral (select coalesce(e.visibility, case when f.field in ('mail', 'phone') then 'table' else 'public' end) as level) l`.execute(
    tx,
  );
  return rows;
}

/**
 * An entry as someone may know it who is signed in, or came by a link: with what is kept for the network or the table where
 * they belong to it, and also where the entry itself is not on the street. Null when it is not there for them.
 */
export async function entryKnown(tx: Tx, slug: string, language: Language): Promise<Entry | null> {
  const { rows } = await sql<Omit<Entry, 'periods' | 'events' | 'keptBack' | 'beyond'>>`
    select i.id, i.slug, (select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) as name,
      array(select n.name from core.initiative_name n where n.initiative_id = i.id order by n.name) as names,
      i.website, i.mail, i.phone, i.origin, i.last_sign as "lastSign", i.confirmed_on as "confirmedOn", i.checked_on as "checkedOn",
      i.checked_through as "checkedThrough", i.visibility, i.standing, i.sources,
      (select jsonb_build_object('language', t.language, 'words', t.text, 'origin', t.origin) from core.initiative_text t
        where t.initiative_id = i.id order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) as text
    from core.initiative i where i.slug = ${slug}`.execute(tx);
  const [entry] = rows;
  // An entry without a name is still being written, in another transaction.
  if (!entry?.name) return null;
  const levels = await levelsOf(tx, entry.id);
  const knows = (field: EntryField) => levels.some((each) => each.field === field && each.known);
  return {
    ...entry,
    website: knows('website') ? entry.website : null,
    mail: knows('mail') ? entry.mail : null,
    phone: knows('phone') ? entry.phone : null,
    text: knows('summary') ? entry.text : null,
    keptBack: Object.fromEntries(
      levels.flatMap(({ field, known, reason }) => (known || reason === null ? [] : [[field, reason]])),
    ),
    beyond: Object.fromEntries(
      levels.flatMap(({ field, known, level }) => (known && level !== 'public' ? [[field, level]] : [])),
    ),
    periods: (await periodsKnown(tx, entry.id, language)).map((period) => ({
      ...period,
      formality: knows('formality') ? period.formality : null,
      ledBy: knows('led-by') ? period.ledBy : 'not-said',
      scope: knows('scope') ? period.scope : null,
      audiences: knows('audiences') ? period.audiences : [],
      languages: knows('languages') ? period.languages : [],
    })),
    events: await eventsKnown(tx, entry.id, language),
  };
}

async function periodsKnown(tx: Tx, id: string, language: Language): Promise<EntryPeriod[]> {
  const { rows } = await sql<EntryPeriod>`
    select lower(v.days) as "from", upper(v.days) as until, p.state, p.start_known as "startKnown", p.name, p.kind, p.formality,
      p.led_by as "ledBy", p.scope, p.phases, p.themes, p.languages, coalesce(k.shown, 'not-said') as precision, k.town, k.province as "provinceCode",
      (select n.name from pub.place_name n where n.province_code = k.province and n.usual and n.language in (${language}, 'nl')
        order by n.language = ${language} desc limit 1) as province,
      array(select jsonb_build_object('word', coalesce(w.word, a.audience), 'language', case when w.word is not null then ${language}
          when exists (select from pub.audience_word k where k.audience = a.audience) then 'en' else '' end)
        from unnest(p.audiences) with ordinality a(audience, at)
        left join pub.audience_word w on w.audience = a.audience and w.language = ${language} order by a.at) as audiences
    from core.initiative_period p
    left join core.known_place(${id}) k on k.valid && p.valid
    cross join lateral (select p.valid * coalesce(k.valid, daterange(null, null)) as days) v
    where p.initiative_id = ${id} order by v.days`.execute(tx);
  return rows;
}

async function eventsKnown(tx: Tx, id: string, language: Language): Promise<EntryEvent[]> {
  const { rows } = await sql<EntryEvent>`
    select e.kind, e.day, e.precision, e.said_by as "saidBy",
      exists (select from core.life_event b where b.fact = e.fact and not upper_inf(b.recorded)) as corrected,
      exists (select from core.life_event d where d.instead_of = e.fact and upper_inf(d.recorded)) as "toldDifferently",
      to_char(lower(e.recorded) at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as "recordedOn", e.sources,
      (select jsonb_build_object('language', t.language, 'words', t.text, 'origin', t.origin) from core.life_event_text t
        where t.fact = e.fact order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) as text
    from core.life_event e where e.initiative_id = ${id} and upper_inf(e.recorded)
    order by e.day nulls first, e.kind = 'founded' desc, e.fact`.execute(tx);
  return rows;
}
