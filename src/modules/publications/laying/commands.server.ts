import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { makeQuote, type QuoteUse } from '../../stories/quotes/commands.server.ts';
import { blocksIn } from '../../stories/quotes/queries.server.ts';
import { isOwnVoice } from '../../stories/quotes/model.ts';
import type { Layer } from '../access.ts';
import { useOf } from '../model.ts';
import '../tables.ts';
import { wordsTaken, type BesideWish, type LayRefusal, type LayWish } from './model.ts';

/** Lays pieces into a publication and answers their keys, also of those that lay there already; words are held for the use of this publication. */
export async function layPiece(
  tx: Tx,
  layer: Layer,
  wish: LayWish,
): Promise<Result<readonly string[], LayRefusal>> {
  const { rows } = await sql<{ kind: 'common-story' | 'report' | 'magazine' }>`
    select kind from core.publication where id = ${layer.publication} and ended_on is null`.execute(tx);
  const [publication] = rows;
  if (!publication) return refused('publication_ended');
  if ('key' in wish) return layOpen(tx, layer, wish);
  const use = useOf(publication.kind, 'web') as QuoteUse;
  const told = await sql<{ version: number | null }>`
    select case when core.reads(${wish.telling}) is not null and core.may_stand_in(${wish.telling}, ${layer.publication}) then core.released_version(${wish.telling}) end as version`.execute(
    tx,
  );
  const version = told.rows[0]?.version ?? null;
  if (version === null) return refused('telling_not_quotable');
  const blocks = await blocksIn(tx, wish.telling, version);
  const taken =
    wish.kind === 'telling'
      ? wordsTaken(
          blocks,
          blocks.filter(isOwnVoice).map(({ block }) => block),
          '',
        )
      : wordsTaken(blocks, wish.blocks, wish.exact);
  if (!taken.ok) return taken;
  const kind = wish.kind === 'telling' ? 'telling' : wish.exact === '' ? 'passage' : 'quote';
  const laid: string[] = [];
  for (const each of taken.value) {
    const there = await laidAlready(tx, layer, { telling: wish.telling, version, ...each });
    if (there) {
      laid.push(there);
      continue;
    }
    const quote = await makeQuote(tx, layer, { telling: wish.telling, use, ...each });
    if (!quote.ok) return refused('words_not_there');
    laid.push(await lay(tx, layer, { kind, quote: quote.value.quote, why: wish.why }));
  }
  return ok(laid);
}

interface Stands {
  readonly telling: string;
  readonly version: number;
  readonly block: string;
  readonly start: number;
  readonly end: number;
}

async function laidAlready(tx: Tx, { publication }: Layer, at: Stands): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select p.id from core.piece p join core.quote q on q.id = p.quote
    where p.publication = ${publication} and q.telling = ${at.telling} and q.version = ${at.version} and q.block = ${at.block}
      and q.start_at = ${at.start} and q.end_at = ${at.end} and q.standing = 'held' limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

type Laid = { readonly why: string } & (
  | { readonly kind: 'passage' | 'quote' | 'telling'; readonly quote: string }
  | { readonly kind: 'insight' | 'promise' | 'figure'; readonly key: string }
);

async function lay(tx: Tx, { publication, person }: Layer, piece: Laid): Promise<string> {
  const key = (kind: string) => ('key' in piece && piece.kind === kind ? piece.key : null);
  const { id } = await tx
    .insertInto('core.piece')
    .values({
      publication,
      kind: piece.kind,
      why: piece.why,
      laid_by: person,
      quote: 'quote' in piece ? piece.quote : null,
      own_word: null,
      insight: key('insight'),
      promise: key('promise'),
      figure: key('figure'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const isOpen = {
  insight: (key: string) =>
    sql<{ here: boolean }>`select exists (select from pub.insight_card where id = ${key}) as here`,
  promise: (key: string) =>
    sql<{
      here: boolean;
    }>`select exists (select from pub.promise where id = ${key} and state = 'done') as here`,
  figure: (key: string) =>
    sql<{ here: boolean }>`select exists (select from core.figure where id = ${key}) as here`,
};

async function layOpen(
  tx: Tx,
  layer: Layer,
  wish: Extract<LayWish, { readonly key: string }>,
): Promise<Result<readonly string[], LayRefusal>> {
  const { rows } = await isOpen[wish.kind](wish.key).execute(tx);
  if (!rows[0]?.here) return refused('not_open');
  const there = await tx
    .selectFrom('core.piece')
    .select('id')
    .where('publication', '=', layer.publication)
    .where(wish.kind, '=', wish.key)
    .executeTakeFirst();
  return ok([there?.id ?? (await lay(tx, layer, wish))]);
}

/** Takes a piece out again; only who laid it or an editor may, and only while no block rests on it. */
export async function takePieceOut(
  tx: Tx,
  layer: Layer,
  piece: string,
): Promise<Result<null, 'piece_unknown' | 'piece_in_use'>> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from core.draw d join core.paragraph b on b.id = d.paragraph where d.piece = p.id and b.gone_at is null)
      or exists (select from core.paragraph b where b.piece = p.id and b.gone_at is null) as used
    from core.piece p where p.id = ${piece} and p.publication = ${layer.publication}
      and (p.laid_by = ${layer.person} or ${layer.part === 'editor'})`.execute(tx);
  const [found] = rows;
  if (!found) return refused('piece_unknown');
  if (found.used) return refused('piece_in_use');
  await tx.deleteFrom('core.piece').where('id', '=', piece).execute();
  return ok(null);
}

/** Puts the words of a piece in another language beside it, under the own name of who does or none, or the fresh rendering of the whole block when no words are given. */
export async function putRendering(
  tx: Tx,
  layer: Layer,
  wish: BesideWish,
): Promise<Result<null, 'beside_not_wished' | 'beside_empty' | 'beside_there'>> {
  const { rows } = await sql<{
    own: string;
    words: string | null;
    signedAs: string | null;
    madeHow: 'person' | 'machine' | null;
    called: string | null;
  }>`
    select (select w.called from core.publication_person w where w.publication = ${layer.publication} and w.person_id = ${layer.person}) as called, v.language as own, r.words, r."signedAs", r."madeHow" from core.voices_laid(${layer.publication}) v
    left join lateral jsonb_to_recordset(v.ready) as r(language text, words text, "signedAs" text, "madeHow" text) on r.language = ${wish.language}
    where v.piece = ${wish.piece} order by r."madeHow" desc limit 1`.execute(tx);
  const [found] = rows;
  if (!found || found.own === wish.language) return refused('beside_not_wished');
  // Nobody signs in the name of somebody else; what a machine made bears no name.
  const signedAs = wish.signs && wish.madeHow === 'person' ? found.called : null;
  const made =
    wish.words !== ''
      ? { ...wish, signedAs }
      : { words: found.words ?? '', signedAs: found.signedAs, madeHow: found.madeHow ?? ('person' as const) };
  if (made.words === '') return refused('beside_empty');
  const may = await sql<{
    may: boolean;
  }>`select core.may_render(${wish.piece}, ${wish.language}, ${made.madeHow}) as may`.execute(tx);
  if (!may.rows[0]?.may) return refused('beside_not_wished');
  const put = await tx
    .insertInto('core.piece_rendering')
    .values({
      piece: wish.piece,
      language: wish.language,
      words: made.words,
      signed_as: made.signedAs,
      made_how: made.madeHow,
      made_by: layer.person,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('piece')
    .executeTakeFirst();
  return put ? ok(null) : refused('beside_there');
}

/** Takes words in another language away from beside a piece; only who put them there or an editor may. */
export async function takeBesideAway(tx: Tx, layer: Layer, piece: string, language: string): Promise<void> {
  await sql`delete from core.piece_rendering r using core.piece p where p.id = r.piece and p.publication = ${layer.publication}
    and r.piece = ${piece} and r.language = ${language}`.execute(tx);
}
