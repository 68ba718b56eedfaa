import { sql, type RawBuilder } from 'kysely';
import { placeNamed } from '#modules/places/queries.server.ts';
import type { Point } from '#modules/places/model.ts';
import type { Tx } from '#platform/db.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { wordHash } from '#platform/ids.ts';
import { byLink } from '#platform/viewer.ts';
import { movedTo } from '../entry/queries.server.ts';
import type { Feed } from './feeds/model.ts';
import type { Cursor, Following, Gone, News, NewsItem, Opened, Wish, WishNames } from './model.ts';
import './tables.ts';

const dayOf = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} at time zone 'Europe/Amsterdam', 'YYYY-MM-DD')`;

interface Meant {
  readonly slugs: readonly string[] | null;
  readonly point: Point | null;
  /** A place whose name says nothing to us finds nothing. */
  readonly nowhere: boolean;
}

async function meantBy(tx: Tx, wish: Wish, language: Language): Promise<Meant> {
  const moved = wish.entry === null ? null : await movedTo(tx, wish.entry);
  const slugs = wish.entry === null ? null : [wish.entry, ...(moved === null ? [] : [moved])];
  if (wish.near === '') return { slugs, point: null, nowhere: false };
  const { place } = await placeNamed(tx, wish.near, language);
  return { slugs, point: place?.point ?? null, nowhere: place === null };
}

/** Whether an open entry `i` in its latest shape `p` is among what is wished. Who only shows a province is near nothing. */
function isWished(
  wish: Wish,
  { point, nowhere }: Meant,
  slugs: readonly string[] | null,
): RawBuilder<unknown> {
  return sql.join(
    [
      nowhere ? sql`false` : sql`true`,
      ...(slugs ? [sql`i.slug = any(${[...slugs]}::text[])`] : []),
      ...(wish.municipality === null ? [] : [sql`p.municipality = ${wish.municipality}`]),
      ...(wish.province === null ? [] : [sql`p.province = ${wish.province}`]),
      ...(wish.theme.length === 0 ? [] : [sql`p.themes && ${[...wish.theme]}::text[]`]),
      ...(point
        ? [
            sql`p.lat is not null and p.place_precision <> 'region' and pub.km_between(p.lat, p.lon, ${point.lat}, ${point.lon}) <= ${wish.within}`,
          ]
        : []),
    ],
    sql` and `,
  );
}

interface Span {
  readonly since: Cursor;
  /** The last line of the diary that counts. */
  readonly through?: number;
  readonly most: number;
}

/**
 * What changed in what is wished, newest first: each entry once, at the line of the diary that last told something anyone could
 * see. After a cursor the oldest `most` come first, so that nothing is passed by; without one the latest. Only what is open is
 * read, and a line that told nothing open is no news.
 */
export async function newsOf(
  tx: Tx,
  wish: Wish,
  { since, through, most }: Span,
  language: Language,
): Promise<News> {
  const meant = await meantBy(tx, wish, language);
  const after =
    since === null
      ? sql`true`
      : 'number' in since
        ? sql`c.number > ${since.number}`
        : sql`c.at >= ${since.moment}::timestamptz`;
  // What the reader knew already: what was told up to the cursor, or before that day.
  const before = (line: RawBuilder<unknown>) =>
    since === null
      ? sql`${dayOf(sql`${line}.at`)} < ${dayOf(sql`c.at`)}`
      : 'number' in since
        ? sql`${line}.number <= ${since.number}`
        : sql`${line}.at < ${since.moment}::timestamptz`;
  const span = sql`${after} and c.number <= ${through ?? Number.MAX_SAFE_INTEGER}`;
  const { rows } = await sql<NewsItem>`
    select c.number, c.at, ${dayOf(sql`c.at`)} as day, w.what, i.slug, i.name, p.town, p.themes,
      case when w.what = 'added' then (select jsonb_build_object('words', t.text, 'language', t.language) from pub.initiative_text t
        where t.initiative_id = i.id order by array_position(array[${language}, 'nl', 'en'], t.language) limit 1) end as summary,
      case when w.what = 'changed' then (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'day', e.day, 'precision', e.precision,
          'words', (select t.text from pub.life_event_text t where t.fact = e.fact and t.language = ${language})) order by e.day, e.fact), '[]')
        from pub.life_event e where e.initiative_id = i.id and e.recorded_at <= c.at and e.recorded_at > coalesce(w.known, '-infinity')) else '[]' end as events
    from pub.initiative i
    join lateral (select * from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    join lateral (select * from pub.change l where l.slug = i.slug and date_trunc('milliseconds', l.at) <= i.changed_at
      order by l.number desc limit 1) c on true
    cross join lateral (select max(l.at) as known,
        case when exists (select from pub.change a where a.slug = i.slug and a.what = 'added' and a.number <= c.number and not (${before(sql`a`)}))
          then 'added' else 'changed' end as what
      from pub.change l where l.slug = i.slug and ${before(sql`l`)}) w
    where ${span} and ${isWished(wish, meant, meant.slugs)}
    order by c.number ${since === null ? sql`desc` : sql``} limit ${most + 1}`.execute(tx);
  const items = rows.slice(0, most).toSorted((a, b) => b.number - a.number);
  const isMore = rows.length > most;
  const more = since !== null && isMore;
  const next = more ? (items[0]?.number ?? 0) : await lastLine(tx, through);
  const from = since === null && isMore ? (items.at(-1)?.number ?? 0) - 1 : null;
  return { items, gone: await goneIn(tx, wish, span, { from, until: next }), next, more };
}

/** What left the map, wherever it was: where it was is no longer known to anyone, so every reader is told of every slug that is gone. */
async function goneIn(
  tx: Tx,
  wish: Wish,
  span: RawBuilder<unknown>,
  { from, until }: { from: number | null; until: number },
): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    select max(c.number) as number, max(c.at) as at, ${dayOf(sql`c.at`)} as day, c.slug, m.to_slug as "movedTo"
    from pub.change c left join pub.initiative_moved m on m.slug = c.slug
    where ${span} and c.number > ${from ?? -1} and c.number <= ${until}
      and not exists (select from pub.initiative i where i.slug = c.slug)
      ${wish.entry === null ? sql`` : sql`and c.slug = ${wish.entry}`}
    group by c.slug, 3, m.to_slug order by 1 desc`.execute(tx);
  return rows;
}

/** The number of the last line of the diary, or of the last that counts. */
export async function lastLine(tx: Tx, through?: number): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(number) as last from pub.change where number <= ${through ?? Number.MAX_SAFE_INTEGER}`.execute(
    tx,
  );
  return rows[0]?.last ?? 0;
}

/** What the parts of a wish are called by readers of a language. */
export async function namesOf(tx: Tx, wish: Wish, language: Language): Promise<WishNames> {
  const called = (column: 'municipality_code' | 'province_code', code: string | null) =>
    code === null
      ? sql`null`
      : sql`(select n.name from pub.place_name n where n.${sql.ref(column)} = ${code} and n.place_id is null and n.usual
          and n.language in (${language}, 'nl') order by n.language = ${language} desc limit 1)`;
  const moved = wish.entry === null ? null : await movedTo(tx, wish.entry);
  const { rows } = await sql<Omit<WishNames, 'near'>>`select
    (select i.name from pub.initiative i where i.slug = any(${[wish.entry, moved]}::text[]) limit 1) as entry,
    coalesce(${called('municipality_code', wish.municipality)}, (select m.name from pub.municipality m where m.code = ${wish.municipality})) as municipality,
    coalesce(${called('province_code', wish.province)}, (select v.name from pub.province v where v.code = ${wish.province})) as province`.execute(
    tx,
  );
  const near = wish.near === '' ? null : ((await placeNamed(tx, wish.near, language)).place?.called ?? null);
  return { ...(rows[0] ?? { entry: null, municipality: null, province: null }), near };
}

/** How many lines of the diary a feed has: the latest, or those after a cursor. */
const feedSize = { latest: 50, after: 200 };

/** A feed of what is wished, for readers of a language. `since` stands in its address as it was asked. */
export async function feedOf(
  tx: Tx,
  asked: { readonly wish: Wish; readonly since: Cursor; readonly language: Language },
  at: { readonly origin: string; readonly since: string | null },
): Promise<Feed> {
  const { wish, since, language } = asked;
  const most = since === null ? feedSize.latest : feedSize.after;
  const news = await newsOf(tx, wish, { since, most }, language);
  return { ...at, wish, names: await namesOf(tx, wish, language), news };
}

const named = async (tx: Tx, id: string, wish: Wish, language: Language): Promise<Following> => ({
  id,
  wish,
  names: await namesOf(tx, wish, language),
});

/** What this word from a mail is for, and what its reader follows; null when it opens nothing (any more). */
export async function openedBy(word: string, language: Language): Promise<Opened | null> {
  return withViewer(byLink(null), async (tx) => {
    const { rows } = await sql<{
      purpose: 'confirm' | 'stop';
      following: string | null;
      wish: Wish;
      confirmed: boolean;
      asked_for: boolean;
    }>`
      select * from core.opened_following(${wordHash(word)})`.execute(tx);
    const [first] = rows;
    if (!first) return null;
    const followed: Following[] = [];
    let asked: Following | null = null;
    for (const row of rows) {
      if (row.following === null) continue;
      const one = await named(tx, row.following, row.wish, language);
      if (row.confirmed) followed.push(one);
      else if (row.asked_for) asked = one;
    }
    return { purpose: first.purpose, asked, followed };
  });
}

/** What the person who is signed in follows, oldest first. */
export async function followedByMe(tx: Tx, language: Language): Promise<Following[]> {
  const rows = await tx
    .selectFrom('vault.following as g')
    .innerJoin('vault.follower as f', 'f.id', 'g.follower_id')
    .select(['g.id', 'g.wish'])
    .where('f.person_id', '=', sql<string>`core.viewer_person()`)
    .where('g.confirmed_at', 'is not', null)
    .orderBy('g.asked_at')
    .orderBy('g.id')
    .execute();
  const followed: Following[] = [];
  for (const { id, wish } of rows) followed.push(await named(tx, id, wish, language));
  return followed;
}

/** What cannot be followed of a wish: a place nobody knows, or an entry that is not there; null when all can. */
export async function unknownIn(tx: Tx, wish: Wish, language: Language): Promise<'near' | 'entry' | null> {
  const names = await namesOf(tx, wish, language);
  if (wish.near !== '' && names.near === null) return 'near';
  return wish.entry !== null && names.entry === null ? 'entry' : null;
}
