import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Work } from '../../learning/citing/model.ts';
import { assemble } from '../assembling/model.ts';
import type {
  ArticleRow,
  DrawRow,
  EditionRows,
  FigureRow,
  NamedRow,
  ParagraphRow,
  PictureRow,
  RenderingRow,
  VoiceRow,
} from '../assembling/rows/model.ts';
import { citing } from '../citing/queries.server.ts';
import type { Book, Erratum, Exit } from '../model.ts';
import './tables.ts';

/** How much of an edition is asked: one article by its word in the address, and whether its pictures come along. */
export interface BookWish {
  readonly article?: string;
  readonly pictures?: boolean;
}

type Head = EditionRows['publication'] & EditionRows['edition'] & { readonly id: string };

async function headOf(tx: Tx, slug: string, number: number | null): Promise<Head | null> {
  const { rows } = await sql<Head>`
    select p.slug, p.kind, p.language, p.issue, p.invented, e.id, e.number, e.title, e.subtitle, e.opening, e.changed, e.credits,
      (e.released_at at time zone 'Europe/Amsterdam')::date as released_on
    from pub.publication p join pub.edition e on e.publication = p.id and e.number = coalesce(${number}::integer, p.latest)
    where p.slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}

/**
 * What can be shown of the insights and promises that blocks rest on, in `language` where they are said in it; those that left the
 * street are not among them. Draws may name an insight by its word in the address and a promise by its key.
 */
export async function namesOf(tx: Tx, draws: readonly DrawRow[], language: string): Promise<NamedRow[]> {
  const keys = (kind: DrawRow['kind']) => [
    ...new Set(draws.flatMap((draw) => (draw.kind === kind ? [draw.key] : []))),
  ];
  const said = (words: string) =>
    sql`coalesce(${sql.ref(words)}->>${language}, (select w.value from jsonb_each_text(${sql.ref(words)}) w order by w.key limit 1))`;
  const { rows } = await sql<NamedRow>`
    select 'insight' as kind, c.slug as key, ${said('c.claim')} as name, '/learning/insights/' || c.slug as address
    from pub.insight_card c where c.slug = any(${keys('insight')}::text[])
    union all select 'promise', p.id::text, ${said('p.what')}, '/agendas/' || a.slug
    from pub.promise p join pub.agenda a on a.id = p.agenda where p.id::text = any(${keys('promise')}::text[])`.execute(
    tx,
  );
  return rows;
}

/**
 * An edition of a publication as it goes out one way, or null when it is not out; without a number the newest. With `article` it holds
 * that article alone, or none. Pictures come along unless the wish says not to. Anyone may ask it.
 */
export async function bookOf(
  tx: Tx,
  slug: string,
  number: number | null,
  exit: Exit,
  { article, pictures = true }: BookWish = {},
): Promise<Book | null> {
  const head = await headOf(tx, slug, number);
  if (!head) return null;
  const { id, kind, language, issue, invented, ...edition } = head;
  const articles = await sql<ArticleRow>`select article, slug, kind, title, opening, language, byline, place
    from pub.edition_article where edition = ${id} and (${article ?? null}::text is null or slug = ${article ?? null})`.execute(
    tx,
  );
  const paragraphs = await sql<ParagraphRow>`
    select paragraph, article, place, kind, level, language, text, voice, figure, picture from pub.edition_paragraph
    where edition = ${id} and article = any(${articles.rows.map((row) => row.article)}::uuid[])`.execute(tx);
  const blocks = paragraphs.rows.map(({ paragraph }) => paragraph);
  const of = (column: 'figure' | 'picture') => paragraphs.rows.flatMap((row) => row[column] ?? []);
  const draws = await sql<DrawRow>`select paragraph, kind, key, way from pub.edition_draw
    where edition = ${id} and paragraph = any(${blocks}::uuid[])`.execute(tx);
  const voices =
    await sql<VoiceRow>`select key, kind, stance, words, language, called, role_then, telling, on_web, on_paper,
    called_on_paper from pub.edition_voice where edition = ${id}`.execute(tx);
  const renderings = await sql<RenderingRow>`select key, language, words, signed_as, made_how
    from pub.edition_voice_rendering where edition = ${id}`.execute(tx);
  const figures =
    await sql<FigureRow>`select f.id, f.slug, f.kind, f.title, f.alt, f.language, f.taken_on, f.address, f.drawing, f.facts
    from pub.figure f where f.id = any(${of('figure')}::uuid[]) or f.slug in (select d.key from pub.edition_draw d
      where d.edition = ${id} and d.kind = 'figure' and d.paragraph = any(${blocks}::uuid[]))`.execute(tx);
  const shown = await sql<PictureRow>`select id, type, width, height, alt, credit
    ${pictures ? sql`, bytes` : sql``} from pub.picture where id = any(${of('picture')}::uuid[])`.execute(tx);
  const errata =
    await sql<Erratum>`select article, at, kind, printed from pub.erratum where edition = ${id} order by at, id`.execute(
      tx,
    );
  const works = await sql<{ key: string; csl: Work }>`select distinct on (key) key, csl from pub.edition_work
    where edition = ${id} order by key`.execute(tx);
  return assemble(
    {
      publication: { slug, kind, language, issue, invented },
      edition,
      articles: articles.rows,
      paragraphs: paragraphs.rows,
      draws: draws.rows,
      voices: voices.rows,
      renderings: renderings.rows,
      figures: figures.rows,
      pictures: shown.rows,
      errata: errata.rows,
      works: works.rows.map(({ key, csl }) => ({ ...csl, id: key })),
      named: await namesOf(tx, draws.rows, language),
    },
    exit,
    await citing(),
  );
}
