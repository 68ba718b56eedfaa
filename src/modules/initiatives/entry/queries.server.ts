import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Entry, EntryEvent, EntryPeriod } from './model.ts';

const bestText = (language: Language) =>
  sql`order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1`;

/** An open entry with its whole public life, oldest first, in the words of a language where there are any; null when the street knows no such entry. */
export async function entryNamed(tx: Tx, slug: string, language: Language): Promise<Entry | null> {
  const { rows } = await sql<Omit<Entry, 'periods' | 'events'>>`
    select i.id, i.slug, i.name, i.names, i.website, i.origin, i.last_sign as "lastSign", i.confirmed_on as "confirmedOn", i.checked_on as "checkedOn",
      i.checked_through as "checkedThrough", i.mail, i.phone, i.kept_back as "keptBack", '{}'::jsonb as beyond, 'public' as visibility, 'laid' as standing, i.sources,
      (select jsonb_build_object('language', t.language, 'words', t.text, 'origin', t.origin) from pub.initiative_text t
        where t.initiative_id = i.id ${bestText(language)}) as text
    from pub.initiative i where i.slug = ${slug}`.execute(tx);
  const [entry] = rows;
  if (!entry) return null;
  const periods = await sql<EntryPeriod>`
    select lower(p.valid) as "from", upper(p.valid) as until, p.state, p.start_known as "startKnown", p.name, p.kind, p.formality,
      p.led_by as "ledBy", p.scope, p.phases, p.themes, p.languages, p.place_precision as precision, p.town, p.province as "provinceCode",
      (select n.name from pub.place_name n where n.province_code = p.province and n.usual and n.language in (${language}, 'nl')
        order by n.language = ${language} desc limit 1) as province,
      array(select jsonb_build_object('word', coalesce(w.word, a.audience), 'language', case when w.word is not null then ${language}
          when exists (select from pub.audience_word k where k.audience = a.audience) then 'en' else '' end)
        from unnest(p.audiences) with ordinality a(audience, at)
        left join pub.audience_word w on w.audience = a.audience and w.language = ${language} order by a.at) as audiences
    from pub.initiative_period p where p.initiative_id = ${entry.id} order by p.valid`.execute(tx);
  const events = await sql<EntryEvent>`
    select e.kind, e.day, e.precision, e.said_by as "saidBy", e.corrected,
      exists (select from pub.life_event d where d.instead_of = e.fact) as "toldDifferently", to_char(e.recorded_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as "recordedOn", e.sources,
      (select jsonb_build_object('language', t.language, 'words', t.text, 'origin', t.origin) from pub.life_event_text t
        where t.fact = e.fact ${bestText(language)}) as text
    from pub.life_event e where e.initiative_id = ${entry.id} order by e.day nulls first, e.kind = 'founded' desc, e.fact`.execute(
    tx,
  );
  return { ...entry, periods: periods.rows, events: events.rows };
}

/** Where an entry lives on that once stood under this word in its address, through every merger since; null when nowhere anyone may see. */
export async function movedTo(tx: Tx, slug: string): Promise<string | null> {
  const { rows } = await sql<{ slug: string }>`
    with recursive way (slug, steps) as (
      select m.to_slug, 1 from pub.initiative_moved m where m.slug = ${slug}
      union all select m.to_slug, w.steps + 1 from way w join pub.initiative_moved m on m.slug = w.slug where w.steps < 20)
    select i.slug from way w join pub.initiative i on i.slug = w.slug order by w.steps desc limit 1`.execute(
    tx,
  );
  return rows[0]?.slug ?? null;
}
