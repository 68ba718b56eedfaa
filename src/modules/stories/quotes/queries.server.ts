import { sql } from 'kysely';
import type { Audience } from '../../consent/model.ts';
import type { Tx } from '#platform/db.server.ts';
import type { BlockKind } from '../document/model.ts';
import type { Anchor, HoldingBlock, Quote } from './model.ts';

/** The blocks of one version, as far as words are held in them; none when who asks may not read it. */
export async function blocksIn(tx: Tx, telling: string, version: number): Promise<HoldingBlock[]> {
  const { rows } = await sql<{
    block: string;
    kind: BlockKind;
    text: string;
  }>`select block, kind, text from core.telling_block
    where telling = ${telling} and version = ${version} order by place`.execute(tx);
  return rows;
}

/** The quotes of one's own telling that still stand or wait for an answer, those that wait first; none when who asks is not the teller. */
export async function quotesOfMine(tx: Tx, telling: string): Promise<Quote[]> {
  const { rows } =
    await sql<Quote>`select q.id, q.block, q.start_at as start, q.end_at as end, q.exact, q.standing, q.made_at::date as "madeOn",
      coalesce(b.language, t.language) as language, b.text as now
    from core.quote q join core.telling t on t.id = q.telling
    left join core.telling_block b on b.telling = q.telling and b.version = t.version and b.block = q.block
    where q.telling = ${telling} and core.tells(q.telling) and q.standing <> 'let-go'
    order by q.standing, q.made_at, q.id`.execute(tx);
  return rows;
}

/** The quotes of a telling that may be shown to this audience today, of those that who asks may see. */
export async function quotesToShow(tx: Tx, telling: string, audience: Audience): Promise<Anchor[]> {
  const { rows } =
    await sql<Anchor>`select q.block, q.start_at as start, q.end_at as end, q.exact from core.quote q
    where q.telling = ${telling} and core.quote_may_be_shown(q.id, ${audience}) order by q.made_at, q.id`.execute(
      tx,
    );
  return rows;
}
