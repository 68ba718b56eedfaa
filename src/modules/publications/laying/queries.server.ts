import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { wordsFor } from '../../sessions/room/model.ts';
import type { BlockKind } from '../../stories/document/model.ts';
import type { RoleThen } from '../../stories/model.ts';
import { isOwnVoice } from '../../stories/quotes/model.ts';
import '../tables.ts';
import type { PieceKind } from '../model.ts';
import type { Beside, Choice, LaidPiece, Quotable, TellingBlock } from './model.ts';

interface PieceRow {
  readonly id: string;
  readonly kind: PieceKind;
  readonly why: string;
  readonly laidBy: string | null;
  readonly laidOn: string;
  readonly mine: boolean;
  readonly used: number;
  readonly words: string | null;
  readonly language: string;
  readonly roleThen: RoleThen | null;
  readonly telling: string | null;
  readonly claim: Record<string, string> | null;
  readonly card: string | null;
  readonly what: Record<string, string> | null;
  readonly agenda: string | null;
  readonly figure: string | null;
  readonly figureLanguage: string | null;
  readonly figureSlug: string | null;
  readonly renderings: readonly (Beside & { readonly mine: boolean })[];
  readonly ready: readonly Beside[];
}

const shownOf = (row: PieceRow, language: string): LaidPiece['shown'] => {
  const told = row.claim ?? row.what;
  const words = told && wordsFor(told, [language]);
  if (words && row.card)
    return { name: words.text, language: words.language, address: `/learning/insights/${row.card}` };
  if (words && row.agenda)
    return { name: words.text, language: words.language, address: `/agendas/${row.agenda}` };
  return row.figure === null
    ? null
    : {
        name: row.figure,
        language: row.figureLanguage ?? language,
        address: `/publications/figures/${row.figureSlug ?? ''}`,
      };
};

/** The pieces of a publication, newest first, as who works on it may see them today; none to anyone else. `language` is what they read. */
export async function piecesIn(tx: Tx, publication: string, language: string): Promise<LaidPiece[]> {
  const { rows } = await sql<PieceRow>`
    select p.id, p.kind, p.why, w.called as "laidBy", (p.laid_at at time zone 'Europe/Amsterdam')::date as "laidOn", p.laid_by is not distinct from core.viewer_person() as mine,
      (select count(distinct d.paragraph)::int from core.draw d join core.paragraph b on b.id = d.paragraph and b.gone_at is null where d.piece = p.id) as used,
      v.words, v.language, v.role_then as "roleThen", v.telling, coalesce(v.ready, '[]') as ready,
      i.claim, i.slug as card, m.what, a.slug as agenda, f.title as figure, f.language as "figureLanguage", f.slug as "figureSlug",
      coalesce((select jsonb_agg(jsonb_build_object('language', r.language, 'words', r.words, 'signedAs', r.signed_as, 'madeHow', r.made_how, 'mine', r.made_by is not distinct from core.viewer_person()) order by r.language)
        from core.piece_rendering r where r.piece = p.id and v.words is not null), '[]') as renderings
    from core.piece p
    left join core.voices_laid(${publication}) v on v.piece = p.id
    left join core.publication_person w on w.publication = p.publication and w.person_id = p.laid_by
    left join pub.insight_card i on i.id = p.insight
    left join pub.promise m on m.id = p.promise left join pub.agenda a on a.id = m.agenda
    left join core.figure f on f.id = p.figure
    where p.publication = ${publication} and core.works_on(${publication})
    order by p.laid_at desc, p.id desc`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    why: row.why,
    laidBy: row.laidBy,
    laidOn: row.laidOn,
    mine: row.mine,
    used: row.used,
    voice:
      row.words === null
        ? null
        : { words: row.words, language: row.language, roleThen: row.roleThen, telling: row.telling },
    shown: shownOf(row, language),
    renderings: row.renderings,
    ready: row.ready.filter((one) => !row.renderings.some((beside) => beside.language === one.language)),
  }));
}

const mayStand = (publication: string) =>
  sql`core.may_stand_in(t.id, ${publication}) and core.reads(t.id) is not null`;

/** Tellings who is asking may read and whose teller lets their words stand in this publication; those with these words in title or text, newest first, at most 30. */
export async function quotableTellings(tx: Tx, publication: string, words: string): Promise<Quotable[]> {
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Quotable>`
    select t.id, t.slug, v.title, t.language, coalesce((select left(b.text, 160) from core.telling_block b where b.telling = t.id and b.version = t.version and b.kind = 'paragraph' order by b.place limit 1), '') as begins
    from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
    where ${mayStand(publication)} and (${words} = '' or v.title ilike ${like}
      or exists (select from core.telling_block b where b.telling = t.id and b.version = t.version and b.text ilike ${like}))
    order by t.open_from desc, t.id limit 30`.execute(tx);
  return rows;
}

/** One of them by its name in the address, with its blocks in the teller’s own voice; null when it may not be quoted here. */
export async function quotableTelling(
  tx: Tx,
  publication: string,
  slug: string,
): Promise<(Quotable & { readonly blocks: readonly TellingBlock[] }) | null> {
  const { rows } = await sql<Quotable>`
    select t.id, t.slug, v.title, t.language, '' as begins from core.telling t join core.telling_version v on v.telling = t.id and v.number = t.version
    where t.slug = ${slug} and ${mayStand(publication)}`.execute(tx);
  const [telling] = rows;
  if (!telling) return null;
  const blocks = await sql<TellingBlock & { readonly kind: BlockKind }>`
    select b.block, b.text, b.language, b.kind from core.telling_block b join core.telling t on t.id = b.telling and t.version = b.version
    where b.telling = ${telling.id} and b.text <> '' order by b.place`.execute(tx);
  return { ...telling, blocks: blocks.rows.filter(isOwnVoice) };
}

/** What of the house itself can be laid: open insights, promises that were kept, pictures of the house; each newest first, at most 100. */
export async function choicesOfTheHouse(
  tx: Tx,
  language: string,
): Promise<{ insights: Choice[]; promises: Choice[]; figures: Choice[] }> {
  const named = (rows: readonly { id: string; told: Record<string, string> }[]): Choice[] =>
    rows.flatMap(({ id, told }) => {
      const words = wordsFor(told, [language]);
      return words ? [{ id, name: words.text, language: words.language }] : [];
    });
  const insights = await sql<{ id: string; told: Record<string, string> }>`
    select id, claim as told from pub.insight_card order by told_on desc, id limit 100`.execute(tx);
  const promises = await sql<{ id: string; told: Record<string, string> }>`
    select id, what as told from pub.promise where state = 'done' order by made_on desc, id limit 100`.execute(
    tx,
  );
  const figures = await sql<Choice>`
    select id, title as name, language from core.figure order by made_at desc, id limit 100`.execute(tx);
  return { insights: named(insights.rows), promises: named(promises.rows), figures: figures.rows };
}
