import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Since } from './input.ts';

export interface Change {
  readonly number: number;
  readonly at: Date;
  readonly slug: string;
  readonly what: 'added' | 'changed' | 'removed';
}

const most = 1000;

/** The diary of the open field after a point, oldest first, at most a thousand lines; `next` asks for what follows. */
export async function changesSince(
  tx: Tx,
  since: Since,
): Promise<{ changes: Change[]; next: number; more: boolean }> {
  const after = 'number' in since ? sql`number > ${since.number}` : sql`at >= ${since.moment}::timestamptz`;
  const { rows } = await sql<Change>`
    select number, at, slug, what from pub.change where ${after} order by number limit ${most + 1}`.execute(
    tx,
  );
  const changes = rows.slice(0, most);
  const next = changes.at(-1)?.number ?? ('number' in since ? since.number : await lastChange(tx));
  return { changes, next, more: rows.length > most };
}

async function lastChange(tx: Tx): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`select max(number) as last from pub.change`.execute(tx);
  return rows[0]?.last ?? 0;
}
