import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Writer } from '../access.ts';
import '../tables.ts';
import { onceWritten } from '../beginning/articles/model.ts';
import { beginBlock } from './beginning/commands.server.ts';
import { drawsOf, keepVersion, layDraws, seenBy, settle } from './keeping/commands.server.ts';
import { standingDraws } from './keeping/queries.server.ts';
import { restTheSame } from './merging/model.ts';
import { land, letsGo, paragraphsIn, pastOf, type Deed, type Landing, type WritingRefusal } from './model.ts';
import { placeAfter } from './placing/commands.server.ts';
import { writingChannel } from './presence/model.ts';

/** What became of a deed: how it landed, and the block and its version after it. */
export interface Done {
  readonly landing: Landing;
  readonly paragraph: string;
  readonly version: number;
}
type Answer = Result<Done, WritingRefusal>;
type DeedOf<Kind extends Deed['deed']> = Extract<Deed, { deed: Kind }>;

interface Block {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly kind: string;
  readonly gone: boolean;
}

/**
 * Does a deed on an article: begin a block, write, move, take out, bring back, or join two wordings. Deeds on one article are done one
 * after the other, in the order in which they reach the house; one that comes again is done once and answered as before. Whoever listens
 * is told which block changed.
 */
export async function writeDeed(tx: Tx, writer: Writer, article: string, asked: Deed): Promise<Answer> {
  const held = await tx
    .selectFrom('core.article')
    .select(['id', 'standing'])
    .where('id', '=', article)
    .where('publication', '=', writer.publication)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return refused('writing.refused.unknown');
  const before = await doneBefore(tx, asked);
  if (before && before !== 'another') return ok(before);
  const deed = before === 'another' ? asAnother(asked) : asked;
  const answer =
    deed.deed === 'add'
      ? await beginBlock(tx, writer, article, deed)
      : await change(tx, writer, article, deed);
  if (!answer.ok || answer.value.landing === 'nothing') return answer;
  const standing = onceWritten(held.standing);
  if (standing !== held.standing)
    await tx.updateTable('core.article').set({ standing }).where('id', '=', article).execute();
  await sql`select pg_notify(${writingChannel}, ${`${article} deed ${answer.value.paragraph}`})`.execute(tx);
  return answer;
}

/**
 * What this deed came to when it was done before; null when it was not. A page that was gone back to may send other words under the key of
 * a deed that was done: then it is another deed, on top of that one, and answered as such.
 */
async function doneBefore(tx: Tx, deed: Deed): Promise<Done | 'another' | null> {
  const { rows } = await sql<Done & { same: boolean }>`
    select v.paragraph, v.number as version, case when w.id is not null then 'beside' when v.typed is null then 'laid' else 'merged' end as landing,
      v.paragraph = ${deed.paragraph} and v.deed = ${pastOf[deed.deed]}
        and (v.deed not in ('begun','written','joined') or coalesce(v.typed->>'text', v.text) = ${firstText(deed)}) as same
    from core.paragraph_version v left join core.paragraph_wording w on w.op = v.op where v.op = ${deed.op}`.execute(
    tx,
  );
  const [{ same, ...done } = { same: false, paragraph: '', version: 0, landing: 'laid' as const }] = rows;
  return rows.length === 0 ? null : same ? done : 'another';
}

const asAnother = (deed: Deed): Deed => ({
  ...deed,
  op: randomUUID(),
  ...('follows' in deed && { follows: deed.op }),
  ...(deed.deed === 'add' && { paragraph: randomUUID() }),
});

const firstText = (deed: Deed): string =>
  deed.deed === 'add' && deed.kind === 'paragraph'
    ? (paragraphsIn(deed.text)[0] ?? '')
    : 'text' in deed
      ? deed.text
      : '';

async function change(
  tx: Tx,
  writer: Writer,
  article: string,
  deed: Exclude<Deed, { deed: 'add' }>,
): Promise<Answer> {
  const { rows } =
    await sql<Block>`select id, version, text, kind, gone_at is not null as gone from core.paragraph
    where id = ${deed.paragraph} and article = ${article}`.execute(tx);
  const [block] = rows;
  if (!block) return refused('writing.refused.unknown');
  if (deed.deed === 'write' || deed.deed === 'join') return layWords(tx, writer, block, deed);
  if (deed.deed === 'move') {
    const place =
      deed.after === block.id ? null : await placeAfter(tx, writer, article, deed.after, block.id);
    if (place !== null)
      await tx.updateTable('core.paragraph').set({ place }).where('id', '=', block.id).execute();
    return goOn(tx, writer, block, deed);
  }
  const gone = deed.deed === 'take-out';
  await sql`update core.paragraph set gone_at = case when ${gone} then coalesce(gone_at, now()) end where id = ${block.id}`.execute(
    tx,
  );
  return goOn(tx, writer, block, deed);
}

/** Writes down a deed that left the words as they were. */
async function goOn(tx: Tx, writer: Writer, block: Block, { op, deed }: Deed): Promise<Answer> {
  const draws = await standingDraws(tx, block.id);
  const version = await keepVersion(tx, writer, block, { op, deed: pastOf[deed], text: block.text, draws });
  return ok({ landing: 'laid', paragraph: block.id, version });
}

async function layWords(
  tx: Tx,
  writer: Writer,
  block: Block,
  deed: DeedOf<'write'> | DeedOf<'join'>,
): Promise<Answer> {
  const draws = await drawsOf(tx, writer, deed.draws);
  if (!draws) return refused('writing.refused.piece');
  const mine = { text: deed.text, draws };
  const now = { text: block.text, draws: await standingDraws(tx, block.id) };
  const seen = await seenBy(tx, writer, block.id, deed);
  const landed = land(seen, mine, now);
  const joins = deed.deed === 'join';
  const settles = [...(joins ? deed.settles : []), ...(landed.beside ? (seen?.replaces ?? []) : [])];
  const changesNothing = seen?.text === mine.text && restTheSame(seen.draws, mine.draws);
  if (changesNothing && settles.length === 0)
    return ok({ landing: 'nothing', paragraph: block.id, version: block.version });
  await layDraws(tx, writer, block.id, landed.draws);
  await settle(tx, writer, block.id, settles);
  if (landed.beside)
    await tx
      .insertInto('core.paragraph_wording')
      .values({
        paragraph: block.id,
        base: seen?.version ?? deed.base,
        text: mine.text,
        draws: JSON.stringify(mine.draws),
        op: deed.op,
        by_person: writer.person,
        settled_at: null,
      })
      .execute();
  const version = await keepVersion(tx, writer, block, {
    op: deed.op,
    deed: pastOf[deed.deed],
    text: landed.text,
    draws: landed.draws,
    typed: landed.text === mine.text && restTheSame(landed.draws, mine.draws) ? null : mine,
    because: deed.deed === 'write' ? deed.because : null,
  });
  const landing = block.gone ? 'kept-out' : letsGo(now, landed) ? 'let-go' : landed.landing;
  return ok({ landing, paragraph: block.id, version });
}
