import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Speaker } from '../../consent/access.ts';
import type { Teller } from '../access.ts';
import '../tables.ts';
import { carry, hold, standsAt, type Anchor, type HoldingBlock } from './model.ts';
import { blocksIn } from './queries.server.ts';

export type QuoteRefusal = 'quote_unknown' | 'quote_not_there' | 'quote_not_wished';

const rowOf = ({ block, start, end, exact }: Anchor) => ({
  block,
  start_at: start,
  end_at: end,
  exact,
  exact_hash: createHash('sha256').update(exact, 'utf8').digest(),
});

/** For which uses words may be taken along as a quote. */
export type QuoteUse = 'quote-report' | 'web-book' | 'print';

/** Whether who asks may quote this telling: the teller, or who may read it where the teller consents to that use. */
async function mayQuote(
  tx: Tx,
  telling: string,
  use: QuoteUse = 'quote-report',
): Promise<{ version: number | null; may: boolean }> {
  const { rows } = await sql<{
    version: number | null;
    may: boolean;
  }>`select core.released_version(${telling}) as version,
    core.tells(${telling}) or (core.reads(${telling}) is not null and core.allows(${telling}, ${use}, core.reads(${telling}))) as may`.execute(
    tx,
  );
  return rows[0] ?? { version: null, may: false };
}

export interface Asked {
  readonly telling: string;
  readonly block: string;
  /** In UTF-16, within the words of the block. */
  readonly start: number;
  readonly end: number;
  /** What the words are taken for; to be quoted in a report when nothing is said. */
  readonly use?: QuoteUse;
}

/** Holds words of the released version of a telling as a quote for one use, and answers its key. */
export async function makeQuote(
  tx: Tx,
  { person }: Speaker,
  { telling, block, start, end, use = 'quote-report' }: Asked,
): Promise<Result<{ quote: string }, QuoteRefusal>> {
  const { version, may } = await mayQuote(tx, telling, use);
  if (version === null || !may) return refused('quote_unknown');
  const found = (await blocksIn(tx, telling, version)).find((each) => each.block === block);
  const anchor = found && hold(found, start, end);
  if (!anchor) return refused('quote_not_there');
  const { id } = await tx
    .insertInto('core.quote')
    .values({ telling, version, use, made_by: person, ...rowOf(anchor) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok({ quote: id });
}

/**
 * Carries the quotes that are held of a telling to the version that is released now, and answers how many were carried and of how
 * many the teller has to be asked. Called by the deed that releases a version, in its transaction.
 */
export async function carryQuotes(
  tx: Tx,
  _teller: Teller,
  telling: string,
): Promise<{ carried: number; asked: number }> {
  const { version } = await mayQuote(tx, telling);
  if (version === null) return { carried: 0, asked: 0 };
  const held = await tx
    .selectFrom('core.quote')
    .select(['id', 'version', 'block', 'start_at as start', 'end_at as end', 'exact'])
    .where('telling', '=', telling)
    .where('standing', '=', 'held')
    .where('version', '<>', version)
    .execute();
  const blocks = await blocksIn(tx, telling, version);
  const before = new Map<number, readonly HoldingBlock[]>();
  let carried = 0;
  for (const { id, version: from, ...anchor } of held) {
    const was = before.get(from) ?? (await blocksIn(tx, telling, from));
    before.set(from, was);
    const over = carry(anchor, was, blocks);
    const now = over === 'asked' ? { standing: 'asked' as const } : { version, ...rowOf(over) };
    if (over !== 'asked') carried++;
    await tx.updateTable('core.quote').set(now).where('id', '=', id).execute();
  }
  return { carried, asked: held.length - carried };
}

/** The teller answers for a quote: the words of the same block that may be quoted now, which must stand there exactly once; null lets it go. */
export async function answerQuote(
  tx: Tx,
  _teller: Teller,
  { telling, quote }: { readonly telling: string; readonly quote: string },
  words: string | null,
): Promise<Result<null, QuoteRefusal>> {
  const { version } = await mayQuote(tx, telling);
  const { rows } = await sql<{ block: string }>`select block from core.quote
    where id = ${quote} and telling = ${telling} and core.tells(telling) and standing <> 'let-go'`.execute(
    tx,
  );
  const [found] = rows;
  if (!found) return refused('quote_unknown');
  const block =
    version === null
      ? undefined
      : (await blocksIn(tx, telling, version)).find((each) => each.block === found.block);
  const [start, ...twins] = block && words !== null ? standsAt(block.text, words) : [];
  const anchor =
    block && words !== null && start !== undefined && twins.length === 0
      ? hold(block, start, start + words.length)
      : null;
  if (words !== null && !anchor) return refused('quote_not_there');
  await tx
    .updateTable('core.quote')
    .set(
      anchor && version !== null ? { version, standing: 'held', ...rowOf(anchor) } : { standing: 'let-go' },
    )
    .where('id', '=', quote)
    .execute();
  return ok(null);
}
