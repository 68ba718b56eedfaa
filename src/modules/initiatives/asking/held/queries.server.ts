import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Held } from './model.ts';

/**
 * What we hold of an entry, for who may change it; null for anyone else and when it is not there. Of its place only the
 * town and province: an exact place is looked at in a deed that is written down.
 */
export async function heldEntry(tx: Tx, initiative: string, language: Language): Promise<Held | null> {
  const { rows } = await sql<Held>`
    select i.id, i.slug, i.standing, i.visibility, i.origin, p.name, p.kind, p.state, p.led_by as "ledBy", p.formality, p.scope, p.phases, p.themes,
      array(select jsonb_build_object('word', coalesce(w.word, a.audience), 'language', case when w.word is null then 'en' else ${language} end)
        from unnest(p.audiences) with ordinality a(audience, at)
        left join pub.audience_word w on w.audience = a.audience and w.language = ${language} order by a.at) as audiences, p.languages, i.website, i.mail, i.phone, i.sources, i.confirmed_on as "confirmedOn", i.checked_on as "checkedOn",
      i.checked_through as "checkedThrough", (i.recorded_at at time zone 'Europe/Amsterdam')::date as "recordedOn",
      array(select n.name from core.initiative_name n where n.initiative_id = i.id order by n.name) as names,
      (select jsonb_build_object('language', t.language, 'words', t.text) from core.initiative_text t where t.initiative_id = i.id
        order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) as text,
      (select jsonb_build_object('precision', v.precision, 'town', o.name, 'province',
          (select n.name from pub.place_name n where n.province_code = v.province and n.usual and n.language in (${language}, 'nl')
            order by n.language = ${language} desc limit 1))
        from vault.initiative_place v left join pub.place o on o.id = v.town where v.initiative_id = i.id order by v.valid desc limit 1) as place,
      coalesce((select jsonb_agg(jsonb_build_object('field', f.field, 'visibility', f.visibility, 'reason', f.reason) order by f.field)
        from core.entry_field f where f.initiative_id = i.id), '[]') as "keptBack"
    from core.initiative i
    join lateral (select * from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    where i.id = ${initiative} and core.may_change(i.id)`.execute(tx);
  return rows[0] ?? null;
}
