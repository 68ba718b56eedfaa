import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Writer } from '../../access.ts';
import '../../tables.ts';
import { drawsOf, layDraws } from '../keeping/commands.server.ts';
import type { Draw } from '../merging/model.ts';
import { limits, paragraphsIn, type Begun, type WritingRefusal } from '../model.ts';
import { placeAfter } from '../placing/commands.server.ts';

/** Blocks an article may have, those that were taken out too. */
const mostBlocks = 2_000;

type Answer = Result<
  { readonly landing: 'laid'; readonly paragraph: string; readonly version: number },
  WritingRefusal
>;

/**
 * Begins a block of an article that is held. What was pasted with blank lines in it becomes several paragraphs, each resting on the same.
 * A quote or figure shows a piece of this publication and rests on it, an image a picture of it.
 */
export async function beginBlock(
  tx: Tx,
  writer: Writer,
  article: string,
  begun: Begun & { readonly op: string; readonly paragraph: string },
): Promise<Answer> {
  const { rows } = await sql<{ blocks: number; known: boolean }>`select count(*)::int as blocks,
    coalesce(bool_or(id = ${begun.paragraph}), false) as known from core.paragraph where article = ${article}`.execute(
    tx,
  );
  if (rows[0]?.known) return refused('writing.refused.form');
  const texts = begun.kind === 'paragraph' ? paragraphsIn(begun.text) : [begun.text];
  if ((rows[0]?.blocks ?? 0) + texts.length > mostBlocks || texts.length > limits.atOnce)
    return refused('writing.refused.full');
  if (!(await isThere(tx, writer, begun))) return refused('writing.refused.piece');
  const draws = await drawsOf(tx, writer, begun.draws);
  if (!draws) return refused('writing.refused.piece');
  let after = begun.after;
  for (const [at, text] of (texts.length === 0 ? [''] : texts).entries()) {
    const first = at === 0;
    const paragraph = first ? begun.paragraph : randomUUID();
    const place = await placeAfter(tx, writer, article, after);
    await lay(tx, writer, article, {
      ...begun,
      text,
      draws,
      paragraph,
      place,
      op: first ? begun.op : randomUUID(),
    });
    after = paragraph;
  }
  return ok({ landing: 'laid', paragraph: begun.paragraph, version: 1 });
}

/** Whether what this block shows lies in the publication and can be shown so. */
async function isThere(tx: Tx, writer: Writer, { kind, piece, picture }: Begun): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select case ${kind}::text
    when 'quote' then exists (select from core.piece where id = ${piece} and publication = ${writer.publication}
      and num_nonnulls(quote, own_word) = 1)
    when 'figure' then exists (select from core.piece where id = ${piece} and publication = ${writer.publication} and figure is not null)
    when 'image' then exists (select from core.picture where id = ${picture} and publication = ${writer.publication})
    else true end as there`.execute(tx);
  return rows[0]?.there ?? false;
}

async function lay(
  tx: Tx,
  writer: Writer,
  article: string,
  block: Begun & { readonly op: string; readonly paragraph: string; readonly place: string },
): Promise<void> {
  const shows = block.kind === 'quote' || block.kind === 'figure' ? block.piece : null;
  const draws: readonly Draw[] =
    shows === null
      ? block.draws
      : [...block.draws.filter(({ piece }) => piece !== shows), { piece: shows, way: 'quotes' }];
  await sql`insert into core.paragraph (id, article, place, kind, level, language, text, piece, picture, changed_by)
    values (${block.paragraph}, ${article}, ${block.place}::numeric, ${block.kind}, ${block.kind === 'heading' ? (block.level ?? 2) : null},
      ${block.language}, ${block.text}, ${shows}, ${block.kind === 'image' ? block.picture : null}, ${writer.person})`.execute(
    tx,
  );
  await tx
    .insertInto('core.paragraph_version')
    .values({
      ...{
        paragraph: block.paragraph,
        number: 1,
        deed: 'begun',
        text: block.text,
        op: block.op,
        because: null,
      },
      draws: JSON.stringify(draws),
      by_person: writer.person,
    })
    .execute();
  await layDraws(tx, writer, block.paragraph, draws);
}
