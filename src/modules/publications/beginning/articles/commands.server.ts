import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../../languages/latin/model.ts';
import type { Editor, Writer } from '../../access.ts';
import '../../tables.ts';
import type { Standing } from '../../model.ts';
import { mayMove, onceWritten, type ArticleWish, type FlowRefusal } from './model.ts';
import { flowOf } from './queries.server.ts';

/** Begins an article after those that are there, and answers it. */
export async function beginArticle(
  tx: Tx,
  { publication, person }: Writer,
  { byline, ...wish }: ArticleWish,
): Promise<{ id: string; slug: string }> {
  const slug = addressFor(wish.title, wish.kind, randomBytes(3).toString('hex'));
  const { rows } = await sql<{ place: number }>`
    select coalesce(max(place), 0) + 1 as place from core.article where publication = ${publication}`.execute(
    tx,
  );
  const { id } = await tx
    .insertInto('core.article')
    .values({
      publication,
      slug,
      byline: [...byline],
      place: rows[0]?.place ?? 1,
      told_back_on: null,
      made_by: person,
      ...wish,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, slug };
}

/** Changes what stands above an article; with another title or opening, what was ready or went out is a draft again. */
export async function changeArticle(
  tx: Tx,
  { publication }: Writer,
  article: string,
  { byline, ...wish }: ArticleWish,
): Promise<void> {
  const was = await tx
    .selectFrom('core.article')
    .select(['standing', 'title', 'opening'])
    .where('publication', '=', publication)
    .where('id', '=', article)
    .forUpdate()
    .executeTakeFirst();
  if (!was) return;
  const same = was.title === wish.title && was.opening === wish.opening;
  await tx
    .updateTable('core.article')
    .set({ ...wish, byline: [...byline], standing: same ? was.standing : onceWritten(was.standing) })
    .where('id', '=', article)
    .execute();
}

/** Moves an article one place up or down among the others. */
export async function placeArticle(
  tx: Tx,
  { publication }: Writer,
  article: string,
  way: 'up' | 'down',
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from core.article where publication = ${publication} order by place, made_at, id for update`.execute(
    tx,
  );
  const order = rows.map(({ id }) => id);
  const at = order.indexOf(article);
  const to = way === 'up' ? at - 1 : at + 1;
  if (at === -1 || to < 0 || to >= order.length) return;
  const placed = order.toSpliced(at, 1).toSpliced(to, 0, article);
  await sql`update core.article a set place = o.place from unnest(${placed}::uuid[]) with ordinality as o(id, place)
    where a.id = o.id and a.place <> o.place`.execute(tx);
}

/** Moves an article along its flow; telling back and calling it ready are for an editor. */
export async function moveArticle(
  tx: Tx,
  writer: Writer | Editor,
  article: string,
  to: Exclude<Standing, 'released'>,
): Promise<Result<null, FlowRefusal | 'article_unknown' | 'editor_decides'>> {
  await sql`select from core.article where id = ${article} for update`.execute(tx);
  const flow = await flowOf(tx, writer.publication, article);
  if (!flow) return refused('article_unknown');
  if ((to === 'told-back' || to === 'ready') && writer.part !== 'editor') return refused('editor_decides');
  const may = mayMove(flow, to, today());
  if (!may.ok) return may;
  await tx
    .updateTable('core.article')
    .set({ standing: to, ...(to === 'told-back' && { told_back_on: today() }) })
    .where('id', '=', article)
    .execute();
  return ok(null);
}

/** Takes an article away in which nothing stands; what was written or went out stays. */
export async function dropArticle(
  tx: Tx,
  { publication }: Writer,
  article: string,
): Promise<Result<null, 'article_not_empty'>> {
  const gone = await sql<{ id: string }>`
    delete from core.article a where a.id = ${article} and a.publication = ${publication}
      and not exists (select from core.paragraph b where b.article = a.id) returning a.id`.execute(tx);
  return gone.rows.length > 0 ? ok(null) : refused('article_not_empty');
}
