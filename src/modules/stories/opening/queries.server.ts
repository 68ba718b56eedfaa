import { sql } from 'kysely';
import { mainLanguage, type SearchText } from '#modules/languages/search/model.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Catalogue } from '#platform/i18n/speech.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { RoleThen } from '../model.ts';
import '../tables.ts';

interface Open {
  readonly language: string;
  readonly title: string;
  readonly voice: string | null;
  readonly roleThen: RoleThen | null;
  readonly themes: readonly Theme[];
  readonly province: string | null;
  readonly names: readonly string[];
  readonly facets: readonly string[];
}

/**
 * What an open telling is found by, a text for each language that it can be read in: its title, its words, its voice, the initiatives
 * and moments it is about, and its themes and province in that language. Nothing when it is not open: only what anyone may read is read.
 */
export async function searchTextsOf(tx: Tx, telling: string, catalogue: Catalogue): Promise<SearchText[]> {
  const { rows: open } = await sql<Open>`
    select t.language, t.title, t.voice, t.role_then as "roleThen", t.themes, t.province,
      array(select i.name from pub.telling_about a join pub.initiative i on i.id = a.initiative_id where a.telling = t.id order by i.name) as names,
      array(select 'theme:' || x from unnest(t.themes) x)
        || array(select 'about:' || a.initiative_id from pub.telling_about a where a.telling = t.id)
        || array(select 'moment:' || coalesce(m.moment, b.moment) from pub.telling_block b
            left join pub.moment_fact m on m.fact = b.moment where b.telling = t.id and b.moment is not null)
        || array_remove(array['language:' || t.language, 'role:' || t.role_then, 'province:' || t.province], null) as facets
    from pub.telling t where t.id = ${telling}`.execute(tx);
  const [found] = open;
  if (!found) return [];
  const { rows: words } = await sql<{ language: string; words: string }>`
    select language, string_agg(words, e'\n' order by place) as words from (
      select b.language, b.text as words, b.place from pub.telling_block b where b.telling = ${telling} and b.text <> ''
      union all
      select r.language, x.text, b.place from pub.rendering r join pub.rendering_block x on x.rendering = r.id
        join pub.telling_block b on b.telling = r.telling and b.block = x.block where r.telling = ${telling}
      union all
      select e.language, e.text, 100000 from pub.telling_block b left join pub.moment_fact m on m.moment = b.moment
        join pub.life_event_text e on e.fact = coalesce(m.fact, b.moment) where b.telling = ${telling}
        and e.language in (select ${found.language} union select r.language from pub.rendering r where r.telling = ${telling})
    ) w group by language`.execute(tx);
  const { rows: provinces } = await sql<{ language: string; name: string }>`
    select language, name from pub.place_name where province_code = ${found.province}`.execute(tx);
  const byLanguage = Map.groupBy(words, ({ language }) => mainLanguage(language));
  const original = mainLanguage(found.language);
  return [...new Set([original, ...byLanguage.keys()])].map((language) => {
    const label = (key: string) => catalogue[language]?.[key] ?? '';
    const said = (byLanguage.get(language) ?? []).map((each) => each.words);
    const about = [
      ...found.names,
      ...found.themes.map((theme) => label(`initiatives.theme.${theme}`)),
      ...provinces.filter((place) => ['nl', language].includes(place.language)).map(({ name }) => name),
    ];
    return {
      subjectKind: 'telling',
      subjectId: telling,
      language,
      title: language === original ? found.title : '',
      names: found.voice === null ? [] : [found.voice],
      text: [...said, ...new Set(about)].filter(Boolean).join('\n'),
      facets: found.facets,
      point: null,
      days: { from: null, until: null },
    };
  });
}

/** In how many whole seconds from now what anyone may read of a telling next changes by itself, because a day begins or ends; null when it does not. */
export async function nextTurn(tx: Tx, telling: string): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select ceil(extract(epoch from min(at) - clock_timestamp()))::int as seconds from (
      select t.open_from as at from core.telling t where t.id = ${telling} and t.standing = 'released'
      union all select day::timestamp at time zone 'Europe/Amsterdam' from core.consent c, unnest(array[c.from_day, c.until_day]) day
        where c.item = ${telling} and c.verdict = 'given'
    ) turns where at > clock_timestamp()`.execute(tx);
  return rows[0]?.seconds ?? null;
}

/** The tellings whose open part may differ from what their tellers consent to today, because a day passed. */
export async function turnedByDay(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from core.telling t left join pub.telling p on p.id = t.id
    where t.standing = 'released' and ((p.id is not null) <> (t.open_from <= now() and core.allows(t.id, 'read', 'public'))
      or exists (select from core.consent c where c.item = t.id and c.verdict = 'given'
        and (c.from_day between core.today() - 31 and core.today() or c.until_day between core.today() - 31 and core.today())))
    union select p.id from pub.telling p where not exists (select from core.telling t where t.id = p.id and t.standing = 'released')`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
