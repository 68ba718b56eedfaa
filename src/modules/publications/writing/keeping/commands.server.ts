import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Writer } from '../../access.ts';
import { leavesWith } from '../../model.ts';
import '../../tables.ts';
import type { Draw } from '../merging/model.ts';
import type { PastDeed, Wording } from '../model.ts';

interface Kept {
  readonly op: string;
  readonly deed: PastDeed;
  readonly text: string;
  readonly draws: readonly Draw[];
  readonly typed?: { readonly text: string; readonly draws: readonly Draw[] } | null;
  readonly because?: string | null;
}

/**
 * Of these draws those on pieces that lie in the publication: a voice that left can no longer be rested on. Null when what leaves with its
 * voice would rest on one that is not there any more: words that retell it do not come back by a deed that waited.
 */
export async function drawsOf(tx: Tx, writer: Writer, draws: readonly Draw[]): Promise<Draw[] | null> {
  if (draws.length === 0) return [];
  const found = await tx
    .selectFrom('core.piece')
    .select('id')
    .where('publication', '=', writer.publication)
    .where('id', 'in', [...new Set(draws.map(({ piece }) => piece))])
    .execute();
  const there = new Set(found.map(({ id }) => id));
  if (draws.some(({ piece, way }) => leavesWith(way) && !there.has(piece))) return null;
  return draws.filter(({ piece }) => there.has(piece));
}

/** Lets a block rest on these pieces and no others. */
export async function layDraws(
  tx: Tx,
  _writer: Writer,
  paragraph: string,
  draws: readonly Draw[],
): Promise<void> {
  const wished = JSON.stringify(draws);
  await sql`delete from core.draw d where d.paragraph = ${paragraph}
    and not exists (select from jsonb_to_recordset(${wished}::jsonb) as w(piece uuid, way text) where w.piece = d.piece and w.way = d.way)`.execute(
    tx,
  );
  await sql`insert into core.draw (paragraph, piece, way) select ${paragraph}, w.piece, w.way
    from jsonb_to_recordset(${wished}::jsonb) as w(piece uuid, way text) on conflict do nothing`.execute(tx);
}

/** Writes a deed down as the next version of its block, and answers its number. */
export async function keepVersion(
  tx: Tx,
  writer: Writer,
  block: { readonly id: string; readonly version: number },
  { op, deed, text, draws, typed = null, because = null }: Kept,
): Promise<number> {
  const number = block.version + 1;
  await tx
    .insertInto('core.paragraph_version')
    .values({
      ...{ paragraph: block.id, number, deed, text, op, because },
      draws: JSON.stringify(draws),
      typed: typed && JSON.stringify(typed),
      by_person: writer.person,
    })
    .execute();
  await sql`update core.paragraph set text = ${text}, version = ${number}, changed_by = ${writer.person}, changed_at = clock_timestamp()
    where id = ${block.id}`.execute(tx);
  return number;
}

/** What a writer began to type from; `replaces` are wordings of their own, still beside the block, that they wrote on with this one. */
export interface Seen {
  readonly text: string;
  readonly draws: readonly Draw[];
  readonly version: number;
  readonly replaces: readonly string[];
}

/** What a writer began to type from: the version they name, or what they themselves typed last; null when it is not there. */
export async function seenBy(
  tx: Tx,
  _writer: Writer,
  paragraph: string,
  { base, follows }: Pick<Wording, 'base' | 'follows'>,
): Promise<Seen | null> {
  const { rows } = await sql<Seen>`
    select coalesce(v.typed->>'text', v.text) as text, coalesce(v.typed->'draws', v.draws) as draws, v.number as version,
        array(select w.id from core.paragraph_wording w where w.op = v.op and w.settled_at is null) as replaces, 1 as turn
      from core.paragraph_version v where v.paragraph = ${paragraph} and v.op = ${follows}
    union all select text, draws, number, '{}', 2 from core.paragraph_version where paragraph = ${paragraph} and number = ${base}
    order by turn limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Lets other wordings of a block go that were joined into it, or that their own writer wrote anew; its history keeps them. */
export async function settle(
  tx: Tx,
  _writer: Writer,
  paragraph: string,
  wordings: readonly string[],
): Promise<void> {
  if (wordings.length === 0) return;
  await sql`update core.paragraph_wording set settled_at = clock_timestamp()
    where paragraph = ${paragraph} and id = any(${wordings}::uuid[]) and settled_at is null`.execute(tx);
}
