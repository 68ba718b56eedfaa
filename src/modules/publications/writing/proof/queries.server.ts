import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { everyWork } from '../../../learning/citing/queries.server.ts';
import { assemble } from '../../assembling/model.ts';
import type {
  ArticleRow,
  DrawRow,
  EditionRows,
  FigureRow,
  ParagraphRow,
  PictureRow,
  RenderingRow,
  VoiceRow,
} from '../../assembling/rows/model.ts';
import { citing } from '../../citing/queries.server.ts';
import type { Book, Exit } from '../../model.ts';
import { namesOf } from '../../reading/queries.server.ts';
import '../../tables.ts';

type Head = EditionRows['publication'] &
  Pick<EditionRows['edition'], 'title' | 'subtitle' | 'opening' | 'credits'> & { readonly id: string };

async function headOf(tx: Tx, publication: string): Promise<Head | null> {
  const { rows } = await sql<Head>`
    select p.id, p.slug, p.kind, p.language, p.issue, p.invented, p.title, p.subtitle, p.opening,
      coalesce((select jsonb_agg(jsonb_build_object('called', w.called, 'part', w.part)
        order by array_position(array['editor','writer','layer'], w.part), w.since, w.called)
        from core.publication_person w where w.publication = p.id and w.called is not null), '[]') as credits
    from core.publication p where p.id = ${publication}`.execute(tx);
  return rows[0] ?? null;
}

/** On what the blocks of these articles rest, and what stands in their margins, by the keys under which it goes out. */
async function drawsIn(tx: Tx, articles: readonly string[]): Promise<DrawRow[]> {
  const { rows } = await sql<DrawRow>`
    select d.paragraph, case when num_nonnulls(p.quote, p.own_word) = 1 then 'voice' else p.kind end as kind,
        coalesce(p.quote::text, p.own_word::text, i.slug, p.promise::text, f.slug) as key, d.way
      from core.paragraph b join core.draw d on d.paragraph = b.id join core.piece p on p.id = d.piece
      left join pub.insight_card i on i.id = p.insight left join core.figure f on f.id = p.figure
      where b.article = any(${articles}::uuid[]) and b.gone_at is null and coalesce(p.quote::text, p.own_word::text, i.slug, p.promise::text, f.slug) is not null
    union all select m.paragraph, 'voice', m.own_word::text, 'margin' from core.paragraph b join core.margin m on m.paragraph = b.id
      where b.article = any(${articles}::uuid[]) and b.gone_at is null`.execute(tx);
  return rows;
}

/** How much of a proof is asked: one article by its key, for which way out, and whether its pictures come along. */
export interface ProofWish {
  readonly article?: string;
  readonly exit: Exit;
  readonly pictures?: boolean;
}

/**
 * A publication as it would go out this way today, of what is being written: `article` asks for one article (its key), else all that
 * are more than a pitch. It has no number and no day; its pictures come along unless the wish says not to. Asks someone who works on it, or whom it was told back
 * to; of who was told it holds no other voice than their own. Null when there is no such publication for them.
 */
export async function proofOf(
  tx: Tx,
  publication: string,
  { article, exit, pictures = true }: ProofWish,
): Promise<Book | null> {
  const head = await headOf(tx, publication);
  if (!head) return null;
  const { id, slug, kind, language, issue, invented, ...edition } = head;
  const articles =
    await sql<ArticleRow>`select a.id as article, a.slug, a.kind, a.title, a.opening, a.language, a.byline,
      row_number() over (order by a.place, a.id)::int as place from core.article a
    where a.publication = ${id} and case when ${article ?? null}::uuid is null then a.standing <> 'pitch' else a.id = ${article ?? null} end`.execute(
      tx,
    );
  const keys = articles.rows.map((row) => row.article);
  const paragraphs = await sql<ParagraphRow>`
    select b.id as paragraph, b.article, row_number() over (order by b.place, b.id)::int as place, b.kind, b.level, b.language, b.text,
      coalesce(p.quote, p.own_word) as voice, p.figure, b.picture
    from core.paragraph b left join core.piece p on p.id = b.piece
    where b.article = any(${keys}::uuid[]) and b.gone_at is null`.execute(tx);
  const draws = await drawsIn(tx, keys);
  const voices =
    await sql<VoiceRow>`select distinct on (key) key, kind, stance, words, language, called, role_then, telling, on_web,
    on_paper, called_on_paper from core.voices_in_proof(${id})`.execute(tx);
  const renderings = await sql<RenderingRow>`
    select distinct on (v.key, r.language) v.key, r.language, r.words, r.signed_as, r.made_how
    from core.voices_in_proof(${id}) v join core.piece_rendering r on r.piece = v.piece
    where core.may_render(r.piece, r.language, r.made_how) order by v.key, r.language, r.made_how = 'machine', r.made_at desc`.execute(
    tx,
  );
  const figures =
    await sql<FigureRow>`select f.id, f.slug, f.kind, f.title, f.alt, f.language, f.taken_on, f.address, f.drawing, f.facts
    from core.figure f where f.id = any(${paragraphs.rows.flatMap(({ figure }) => figure ?? [])}::uuid[])
      or f.slug = any(${draws.flatMap((draw) => (draw.kind === 'figure' ? [draw.key] : []))}::text[])`.execute(
      tx,
    );
  const shown =
    await sql<PictureRow>`select id, type, width, height, alt, credit ${pictures ? sql`, bytes` : sql``} from core.picture
    where id = any(${paragraphs.rows.flatMap(({ picture }) => picture ?? [])}::uuid[])`.execute(tx);
  const cites = paragraphs.rows.some(({ text }) => text.includes('[@'));
  return assemble(
    {
      publication: { slug, kind, language, issue, invented },
      edition: { ...edition, number: null, released_on: null, changed: '' },
      articles: articles.rows,
      paragraphs: paragraphs.rows,
      draws,
      voices: voices.rows,
      renderings: renderings.rows,
      figures: figures.rows,
      pictures: shown.rows,
      errata: [],
      works: cites ? await everyWork(tx) : [],
      named: await namesOf(tx, draws, language),
    },
    exit,
    await citing(),
  );
}
