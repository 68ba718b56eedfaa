import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { OpenStone } from '../agendas/model.ts';
import '../agendas/tables.ts';
import { formalKinds } from '../initiatives/model.ts';
import '../sessions/tables.ts';
import type { Words } from '../sessions/model.ts';
import { municipalities, provinces } from '../places/queries.server.ts';
import {
  aliveIn,
  standingOf,
  tellsOfSeries,
  type Gathering,
  type Pledge,
  type RaisedIssue,
} from './model.ts';
import { compared, yearsKnown, type Period, type Told } from './periods/model.ts';
import { regionsOf, type Region } from './regions/model.ts';
import './tables.ts';

/** Every region that can be looked at, as readers of this language call them. */
export async function everyRegion(tx: Tx, language: Language = 'nl'): Promise<Region[]> {
  const all = await municipalities(tx, undefined, language);
  const { rows } = await sql<{ code: string; size: number }>`select code, size from pub.municipality`.execute(
    tx,
  );
  const sizes = new Map(rows.map(({ code, size }) => [code, size]));
  return regionsOf(
    await provinces(tx, language),
    all.map((each) => ({ ...each, size: sizes.get(each.code) ?? 0 })),
  );
}

const within = ({ municipalities: codes, province }: Region) =>
  codes.length > 0
    ? sql<boolean>`s.municipality = any(${[...codes]}::text[])`
    : sql<boolean>`coalesce(s.province, (select m.province_code from pub.municipality m where m.code = s.municipality)) = ${province}`;

interface GatheringRow extends Omit<Gathering, 'series' | 'inviters'> {
  readonly organisers: readonly {
    readonly name: string;
    readonly slug: string | null;
    readonly kind: string | null;
  }[];
}

/** The gatherings in a region that were held; those of which only the agenda is open stand without an address. */
export async function gatheringsIn(tx: Tx, region: Region): Promise<Gathering[]> {
  const { rows } = await sql<GatheringRow>`
    select s.id, s.slug, s.title, s.language, coalesce(s.held_on, (s.starts_at at time zone 'Europe/Amsterdam')::date) as "on",
      coalesce(s.held_precision, case when s.starts_at is not null then 'day' end) as precision, s.municipality, s.themes,
      coalesce((select jsonb_agg(jsonb_build_object('title', i.title, 'language', i.language, 'themes', i.themes, 'roles', i.roles) order by i.number)
        from pub.session_issue i where i.session = s.id), '[]') as issues,
      coalesce((select jsonb_agg(o.value || jsonb_build_object('kind', (select p.kind from pub.initiative e join pub.initiative_period p on p.initiative_id = e.id
          where e.slug = o.value ->> 'slug' order by upper(p.valid) desc nulls first limit 1)) order by o.at)
        from jsonb_array_elements(s.organisers) with ordinality o(value, at)), '[]') as organisers,
      exists (select from pub.agenda a where a.session = s.id and a.origin = 'room') as followed,
      coalesce((select jsonb_agg(n.value -> 'texts' order by n.at) from jsonb_array_elements(s.notes) with ordinality n(value, at) where n.value ->> 'kind' = 'question'), '[]') as questions
    from pub.session s where s.state = 'held' and ${within(region)}
    union all
    select s.session, null, s.title, s.language, s.drawn_on, s.drawn_precision, s.municipality, s.themes, '[]', '[]', s.origin = 'room', '[]'
    from pub.agenda s where ${within(region)} and not exists (select from pub.session h where h.id = s.session and h.state = 'held')`.execute(
    tx,
  );
  const formal: readonly string[] = formalKinds;
  return rows.map(({ organisers, ...row }) => ({
    ...row,
    issues: row.issues as readonly RaisedIssue[],
    inviters: organisers.map(({ name, slug, kind }) => ({
      name,
      slug,
      formal: kind === null ? null : formal.includes(kind),
    })),
    series: row.slug !== null && tellsOfSeries(row.slug),
  }));
}

interface PledgeRow {
  id: string;
  agenda: string;
  number: number;
  gathering: string;
  what: Words;
  language: string;
  themes: Pledge['themes'];
  state: Parameters<typeof standingOf>[0]['state'];
  silent: boolean;
  stones: readonly OpenStone[];
  why: Words | null;
  on: Day | null;
}

/** The promises on the open agendas of a region. */
export async function pledgesIn(tx: Tx, region: Region): Promise<Pledge[]> {
  const { rows } = await sql<PledgeRow>`
    select p.id, s.slug as agenda, p.number, s.session as gathering, p.what, p.language, p.themes, p.state, p.silent_since is not null as silent, p.stones, case when p.state = 'let-go' then p.why end as why,
      coalesce(p.made_on, s.drawn_on) as "on"
    from pub.promise p join pub.agenda s on s.id = p.agenda where ${within(region)} order by s.drawn_on nulls last, s.slug, p.number`.execute(
    tx,
  );
  return rows.map(({ state, silent, stones, ...row }) => ({
    ...row,
    standing: standingOf({ state, silent, answered: stones.some((stone) => stone.answered_on !== null) }),
  }));
}

/** Of how many people at least there are stories, by theme and year; only ever told of a whole province. */
export async function toldIn(tx: Tx, region: Region): Promise<Told[]> {
  if (region.kind !== 'province') return [];
  return tx
    .selectFrom('pub.told')
    .select(['theme', 'year', 'at_least as atLeast'])
    .where('province', '=', region.province)
    .orderBy('year')
    .orderBy('theme')
    .execute();
}

/** On which day people were last counted; null is never yet. */
async function lastCounted(tx: Tx): Promise<Day | null> {
  const row = await tx
    .selectFrom('pub.told_counting')
    .select(({ fn }) => fn.max('day').as('day'))
    .executeTakeFirst();
  return row?.day ?? null;
}

/** Everything that is known of a region, for its page and for programs; null where there is no such region. */
export async function regionCalled(tx: Tx, slug: string, language: Language = 'nl') {
  const regions = await everyRegion(tx, language);
  const region = regions.find((each) => each.slug === slug);
  if (!region) return null;
  const gatherings = await gatheringsIn(tx, region);
  const pledges = await pledgesIn(tx, region);
  const told = await toldIn(tx, region);
  return {
    region,
    regions,
    gatherings,
    pledges,
    told,
    counted: await lastCounted(tx),
    alive: aliveIn(gatherings, pledges),
  };
}

/** The page of a region, with two periods side by side where someone asks for them. */
export async function regionPage(
  tx: Tx,
  slug: string,
  periods: readonly [Period, Period] | null,
  language: Language,
) {
  const known = await regionCalled(tx, slug, language);
  if (!known) return null;
  const { region, regions, gatherings, pledges, told } = known;
  const held = gatherings.filter(({ series }) => !series);
  const ofSeries = (pledge: Pledge) => gatherings.some(({ id, series }) => series && id === pledge.gathering);
  const around = regions.filter(({ kind, province }) => kind !== 'province' && province === region.province);
  const many = (codes: readonly (string | null)[]) =>
    held.filter(({ municipality }) => codes.includes(municipality)).length;
  const { regions: _, ...rest } = known;
  return {
    ...rest,
    gatherings: held,
    series: gatherings.filter((each) => each.series),
    ofSeries: pledges.filter(ofSeries),
    around: around.map(({ slug: word, kind, called, municipalities: codes }) => ({
      slug: word,
      kind,
      called,
      gatherings: many(codes),
    })),
    towns: Object.fromEntries(
      around
        .filter(({ kind }) => kind === 'municipality')
        .map(({ municipalities: codes, called }) => [codes[0], called]),
    ) as Record<string, string>,
    placeless: many([null]),
    years: yearsKnown(
      [...held, ...pledges.filter((pledge) => !ofSeries(pledge))].map(({ on }) => on),
      today(),
    ),
    periods,
    compared: periods ? compared(gatherings, pledges, told, periods) : [],
    undated: held.filter(({ on }) => on === null).length,
  };
}

/** The provinces, with how many gatherings and promises are known of each. */
export async function regionList(tx: Tx, language: Language) {
  const regions = await everyRegion(tx, language);
  const { rows } = await sql<{ slug: string | null; province: string; promises: number }>`
    with gathering as (select s.id, s.slug, s.province, s.municipality from pub.session s where s.state = 'held'
      union all select a.session, null, a.province, a.municipality from pub.agenda a
        where not exists (select from pub.session h where h.id = a.session and h.state = 'held'))
    select g.slug, coalesce(g.province, m.province_code) as province,
      (select count(*) from pub.promise p join pub.agenda a on a.id = p.agenda where a.session = g.id) as promises
    from gathering g left join pub.municipality m on m.code = g.municipality`.execute(tx);
  return regions
    .filter(({ kind }) => kind === 'province')
    .map(({ slug, called, province }) => {
      const own = rows.filter((row) => row.province === province);
      return {
        slug,
        called,
        province,
        gatherings: own.filter((row) => row.slug === null || !tellsOfSeries(row.slug)).length,
        promises: own.reduce((sum, row) => sum + row.promises, 0),
      };
    });
}
