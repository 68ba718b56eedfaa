import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { FileKind } from '../../model.ts';
import type { ListedEdition } from './model.ts';

/** Which editions are asked: of one publication, one by its number or the newest; without anything all there are. */
interface EditionWish {
  readonly slug?: string;
  readonly number?: number | 'newest';
}

const inAmsterdam = (moment: string) => sql`(${sql.ref(moment)} at time zone 'Europe/Amsterdam')::date`;

/** Editions that are out, the newest first. Anyone may ask. */
export async function openEditions(
  tx: Tx,
  { slug, number }: EditionWish = {},
): Promise<readonly ListedEdition[]> {
  const { rows } = await sql<ListedEdition>`
    select e.id, p.slug, p.kind, p.language, p.issue, p.invented, p.latest, e.number, e.title, e.subtitle, e.opening, e.changed, e.printed,
      e.credits, ${inAmsterdam('e.released_at')} as "releasedOn", to_json(e.released_at at time zone 'UTC') #>> '{}' || 'Z' as "releasedAt",
      (select coalesce(jsonb_agg(jsonb_build_object('id', a.article, 'slug', a.slug, 'kind', a.kind, 'title', a.title, 'opening', a.opening,
          'language', a.language, 'byline', a.byline, 'signs', length(a.opening) + coalesce(b.signs, 0)) order by a.place), '[]')
        from pub.edition_article a left join lateral (select sum(length(t.text))::integer + coalesce(sum(v.signs), 0)::integer as signs
          from pub.edition_paragraph t left join lateral (
            select sum(length(w.words) + (select coalesce(sum(length(r.words)), 0) from pub.edition_voice_rendering r
              where r.edition = w.edition and r.key = w.key)) as signs
            from pub.edition_draw d join pub.edition_voice w on w.edition = d.edition and w.key::text = d.key
            where d.edition = t.edition and d.paragraph = t.paragraph and d.kind = 'voice' and d.way in ('quotes','margin')) v on true
          where t.edition = a.edition and t.article = a.article) b on true
        where a.edition = e.id) as articles,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'size', octet_length(f.bytes), 'pages', f.pages) order by f.kind desc), '[]')
        from pub.edition_file f where f.edition = e.id) as files,
      (select coalesce(jsonb_agg(jsonb_build_object('article', a.slug, 'on', ${inAmsterdam('x.at')}, 'at', to_json(x.at at time zone 'UTC') #>> '{}' || 'Z',
          'kind', x.kind, 'printed', x.printed) order by x.at, x.id), '[]')
        from pub.erratum x left join pub.edition_article a on a.edition = x.edition and a.article = x.article where x.edition = e.id) as errata,
      (select coalesce(jsonb_agg(distinct w.csl || jsonb_build_object('id', w.key)), '[]') from pub.edition_work w where w.edition = e.id) as works
    from pub.publication p join pub.edition e on e.publication = p.id
    where (${slug ?? null}::text is null or p.slug = ${slug ?? null})
      and (${typeof number === 'number' ? number : null}::integer is null or e.number = ${typeof number === 'number' ? number : null})
      and (${number === 'newest'} is false or e.number = p.latest)
    order by e.released_at desc, p.slug, e.number desc`.execute(tx);
  return rows;
}

/** One edition without its words, by its number; without one the newest. Null when it is not out. */
export async function openEdition(
  tx: Tx,
  slug: string,
  number: number | null,
): Promise<ListedEdition | null> {
  const [found] = await openEditions(tx, { slug, number: number ?? 'newest' });
  return found ?? null;
}

/** The bytes of a file anyone may take along, with its SHA-256 in hexadecimal; null when it is not there, or not there yet. */
export async function fileOf(
  tx: Tx,
  edition: string,
  kind: FileKind,
): Promise<{ readonly bytes: Buffer; readonly sha256: string } | null> {
  const { rows } = await sql<{ bytes: Buffer; sha256: string }>`
    select bytes, encode(sha256, 'hex') as sha256 from pub.edition_file where edition = ${edition} and kind = ${kind}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** A picture that stands in this edition, or null. */
export async function pictureOf(
  tx: Tx,
  edition: string,
  picture: string,
): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
  const { rows } = await sql<{ type: string; bytes: Buffer }>`
    select type, bytes from pub.picture where id = ${picture}
      and exists (select from pub.edition_paragraph b where b.edition = ${edition} and b.picture = pub.picture.id)`.execute(
    tx,
  );
  return rows[0] ?? null;
}
