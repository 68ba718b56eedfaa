import { sql, type RawBuilder } from 'kysely';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import type { SearchText, Why } from '#modules/languages/search/model.ts';
import { windowAround } from '#modules/places/basemap/model.ts';
import type { Place, Point } from '#modules/places/model.ts';
import { placeNamed } from '#modules/places/queries.server.ts';
import { hasRight, isOperator } from '#platform/access.server.ts';
import { today, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { fadingOf, type Heard } from './asking/model.ts';
import { pageSize, type FieldWish, type Found, type Stone } from './finding/model.ts';

interface StoneRow extends Omit<Stone, 'why' | 'text' | 'fading'>, Heard {
  readonly text: string | null;
  readonly text_language: string | null;
  readonly text_origin: string | null;
  readonly total: number;
}

// No list of ours is longer, and the search counts no further than an int.
const furthest = 2_000_000;

/** The initiatives that answer a wish, a page at a time: best first for words, nearest first for a place, else by name. */
export async function findInitiatives(
  tx: Tx,
  wish: FieldWish,
  language: Language,
  size = pageSize,
): Promise<Found> {
  const found = await pageOf(tx, wish, language, size);
  if (found.stones.length > 0 || wish.page === 1) return found;
  // Beyond the last page no row is left to tell how many there are.
  const { total } = await pageOf(tx, { ...wish, page: 1 }, language, 1);
  return { ...found, total };
}

async function pageOf(tx: Tx, wish: FieldWish, language: Language, size: number): Promise<Found> {
  const named = wish.near === '' ? null : await placeNamed(tx, wish.near, language);
  const place = named?.place ?? null;
  // A place nobody knows finds nothing: to answer with the whole country would be to answer another question.
  if (named && !named.place)
    return { stones: [], total: 0, place: null, didYouMean: named.didYouMean, spelledAs: null };
  const around = place && place.kind !== 'province' ? { ...place.point, withinKm: wish.within } : null;
  const offset = Math.min((wish.page - 1) * size, furthest);
  const rest = { place, didYouMean: [] };
  if (wish.q === '') {
    const rows = await stones(tx, wish, language, place, { from: offset, size });
    return {
      ...rest,
      stones: rows.map((row) => stoneOf(row, [], wish)),
      total: rows[0]?.total ?? 0,
      spelledAs: null,
    };
  }
  // The search knows the shape of today; for another day it only names candidates and that day's shape decides.
  const ofToday = wish.asOf === today() && wish.knownOn === null;
  // Around a place the nearest of what answers comes first, so the candidates are weighed here too.
  const asFound = ofToday && around === null;
  const answer = await findTexts(tx, {
    words: wish.q,
    language,
    kinds: ['initiative'],
    facets: ofToday ? facetsOf(wish, place) : [],
    ...(around && { near: { lat: around.lat, lon: around.lon, withinKm: around.withinKm } }),
    // Which days a text holds is known as we hold it now, not as we held it then.
    ...(wish.knownOn === null && { onDay: wish.asOf }),
    limit: asFound ? size : 500,
    offset: asFound ? offset : 0,
  });
  const ids = answer.hits.map((hit) => hit.subjectId);
  const rows =
    ids.length === 0 ? [] : await stones(tx, wish, language, place, { from: 0, size: ids.length, ids });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const inOrder = answer.hits.flatMap((hit) => {
    const row = byId.get(hit.subjectId);
    return row ? [stoneOf(row, hit.why, wish)] : [];
  });
  if (around) inOrder.sort((a, b) => (a.km ?? Infinity) - (b.km ?? Infinity));
  const shown = asFound ? inOrder : inOrder.slice(offset, offset + size);
  return {
    ...rest,
    stones: shown,
    total: asFound ? answer.total : inOrder.length,
    spelledAs: answer.didYouMean ?? null,
  };
}

function facetsOf(wish: FieldWish, place: Place | null): string[][] {
  const facets = [
    wish.phase.map((phase) => `phase:${phase}`),
    wish.theme.map((theme) => `theme:${theme}`),
    wish.ledBy.map((ledBy) => `ledBy:${ledBy}`),
    wish.language.map((spoken) => `language:${spoken}`),
    wish.kind.map((kind) => `kind:${kind}`),
    place?.kind === 'province' ? [`province:${place.province}`] : [],
  ];
  return facets.filter((choice) => choice.length > 0);
}

function stoneOf(
  { text, text_language, text_origin, total: _total, confirmedOn, checkedOn, recordedOn, ...row }: StoneRow,
  why: readonly Why[],
  { asOf }: FieldWish,
): Stone {
  return {
    ...row,
    // Silence is about now: how the field stood on another day did not fade.
    fading: asOf === today() ? fadingOf({ confirmedOn, checkedOn, recordedOn }, asOf) : null,
    text: text === null ? null : { language: text_language ?? '', words: text, origin: text_origin ?? '' },
    why,
  };
}

/** The shapes we hold now, or held on another day. */
function shapes(knownOn: Day | null): RawBuilder<unknown> {
  if (knownOn === null) return sql`pub.initiative_period`;
  // Places are not kept per telling; what we held then is shown where it is now.
  return sql`(
    select n.* from pub.initiative_period n where n.recorded_at < ${endOf(knownOn)}
    union all
    select b.initiative_id, b.valid, b.state, b.start_known, b.name, b.kind, b.formality, b.led_by, b.scope, b.phases, b.themes, b.audiences, b.languages,
      c.place_precision, c.town, c.municipality, c.province, c.lat, c.lon, lower(b.recorded)
    from pub.initiative_period_before b
    join lateral (select * from pub.initiative_period c where c.initiative_id = b.initiative_id order by c.valid desc limit 1) c on true
    where b.recorded @> ${endOf(knownOn)})`;
}

/** The midnight that ends a day in the Netherlands, whatever the time zone of the database. */
function endOf(day: Day): RawBuilder<Date> {
  return sql<Date>`((${day}::date + 1)::timestamp at time zone 'Europe/Amsterdam')`;
}

/** A box that holds the circle, so that an index can be asked before the distance is reckoned. */
function inBox(point: Point, km: number): RawBuilder<unknown> {
  const { south, west, north, east } = windowAround(point, km);
  return sql`p.lat between ${south} and ${north} and p.lon between ${west} and ${east}`;
}

interface Part {
  readonly from: number;
  readonly size: number;
  readonly ids?: readonly string[];
}

async function stones(
  tx: Tx,
  wish: FieldWish,
  language: Language,
  place: Place | null,
  part: Part,
): Promise<StoneRow[]> {
  // Of those that only show their province no distance is told: it would be that of the province's middle.
  const km = place
    ? sql`case when p.lat is not null and p.place_precision <> 'region'
        then round(pub.km_between(p.lat, p.lon, ${place.point.lat}, ${place.point.lon})::numeric, 1)::double precision end`
    : sql`null::double precision`;
  const where = [
    sql`p.valid @> ${wish.asOf}::date`,
    // Browsing shows what lives; words also find what has ended, and say so.
    part.ids ? sql`p.initiative_id = any(${[...part.ids]}::uuid[])` : sql`p.state <> 'ended'`,
    ...(wish.phase.length ? [sql`p.phases && ${[...wish.phase]}::text[]`] : []),
    ...(wish.theme.length ? [sql`p.themes && ${[...wish.theme]}::text[]`] : []),
    ...(wish.language.length ? [sql`p.languages && ${[...wish.language]}::text[]`] : []),
    ...(wish.ledBy.length ? [sql`p.led_by = any(${[...wish.ledBy]}::text[])`] : []),
    ...(wish.kind.length ? [sql`p.kind = any(${[...wish.kind]}::text[])`] : []),
    ...(place?.kind === 'province' ? [sql`p.province = ${place.province}`] : []),
    ...(place && place.kind !== 'province'
      ? [
          sql`(p.place_precision = 'region' and p.province = ${place.province}
            or p.place_precision <> 'region' and ${inBox(place.point, wish.within)}
              and pub.km_between(p.lat, p.lon, ${place.point.lat}, ${place.point.lon}) <= ${wish.within})`,
        ]
      : []),
  ];
  const order = place ? sql`km nulls last, name, slug` : sql`name, slug`;
  // The page is chosen first; only its own texts are then looked up.
  const { rows } = await sql<StoneRow>`
    select s.*, t.text, t.language as text_language, t.origin as text_origin
    from (
      select p.initiative_id as id, i.slug, p.name, p.kind, p.formality, p.led_by as "ledBy", p.scope, p.state, p.start_known as "startKnown",
        i.last_sign as "lastSign", i.confirmed_on as "confirmedOn", i.checked_on as "checkedOn",
        (i.recorded_at at time zone 'Europe/Amsterdam')::date as "recordedOn", p.phases, p.themes, p.languages, p.town, p.municipality, p.province, p.lat, p.lon, ${km} as km, count(*) over () as total
      from ${shapes(wish.knownOn)} p
      join pub.initiative i on i.id = p.initiative_id
      where ${sql.join(where, sql` and `)}
      order by ${order}
      limit ${part.size} offset ${part.from}) s
    left join lateral (
      select t.text, t.language, t.origin from pub.initiative_text t where t.initiative_id = s.id
      order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) t on true
    order by ${order}`.execute(tx);
  return rows;
}

/**
 * What the search may know of these initiatives: each open text with the names, and what it can be narrowed by now.
 * Nothing comes back for those that are not open. `labels` gives the words for a theme or phase in a language.
 */
export async function searchTexts(
  tx: Tx,
  ids: readonly string[],
  labels: (language: string, of: readonly string[]) => string,
): Promise<SearchText[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    names: string[];
    language: string;
    text: string | null;
    facets: string[];
    places: string | null;
    audiences: string | null;
    lat: number | null;
    lon: number | null;
    start: string | null;
  }>`
    select i.id, i.name, i.names || array(select distinct e.name from pub.initiative_period e where e.initiative_id = i.id and e.name <> i.name) as names,
      t.language, t.text, b.start,
      case when p.place_precision <> 'region' then p.lat end as lat, case when p.place_precision <> 'region' then p.lon end as lon,
      (select string_agg(distinct n.name, ' · ') from (
          select m.name, m.language from pub.place_name m where m.municipality_code = p.municipality
          union all select v.name, v.language from pub.place_name v where v.province_code = p.province
          union all select o.name, o.language from pub.place l join pub.place_name o on o.place_id = l.id
            where l.municipality_code = p.municipality and l.name = p.town
        ) n where n.language in ('nl', t.language)) as places,
      (select string_agg(w.word, ' · ') from pub.audience_word w where w.audience = any(p.audiences) and w.language = t.language) as audiences,
      array['kind:' || p.kind, 'ledBy:' || p.led_by] || array(select 'phase:' || x from unnest(p.phases) x)
        || array(select 'theme:' || x from unnest(p.themes) x) || array(select 'language:' || x from unnest(p.languages) x)
        || case when p.province is null then '{}' else array['province:' || p.province] end
        || case when p.municipality is null then '{}' else array['municipality:' || p.municipality] end as facets
    from pub.initiative i
    left join pub.initiative_text said on said.initiative_id = i.id
    -- What says nothing of itself, or keeps it back, is still found by its name.
    cross join lateral (select coalesce(said.language, 'nl') as language, said.text) t
    join lateral (select * from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    join lateral (select min(lower(b.valid)) filter (where b.start_known) as start from pub.initiative_period b where b.initiative_id = i.id) b on true
    where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows.map((row) => ({
    subjectKind: 'initiative',
    subjectId: row.id,
    language: row.language,
    title: row.name,
    names: row.names,
    text: [row.text, row.audiences, labels(row.language, row.facets), row.places].filter(Boolean).join('\n'),
    facets: row.facets,
    point: row.lat !== null && row.lon !== null ? { lat: row.lat, lon: row.lon } : null,
    // What has ended can still be found; what had not begun cannot.
    days: { from: row.start, until: null },
  }));
}

/** Languages that are spoken somewhere in the field, most spoken first. */
export async function spokenLanguages(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from pub.initiative_period p, unnest(p.languages) code where upper_inf(p.valid) group by code order by count(*) desc, code`.execute(
    tx,
  );
  return rows.map((row) => row.code);
}

/** How many initiatives and institutions live on a day. */
export async function countOn(tx: Tx, day: Day): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pub.initiative_period where valid @> ${day}::date and state <> 'ended'`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

/** As whom someone may speak of an entry: as the initiative itself, or as a verifier there; null when it is not theirs. */
export async function voiceOf(tx: Tx, entry: string): Promise<'own' | 'verifier' | null> {
  if (await isOperator(tx)) return 'verifier';
  if (await hasRight(tx, 'keep', [entry])) return 'own';
  return (await hasRight(tx, 'watch', [entry])) ? 'verifier' : null;
}
