import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { issuesIn } from '../../grouping/queries.server.ts';
import '../../saying/tables.ts';
import '../../tables.ts';
import type { IssueOnCard, OnCard } from './model.ts';

/** What paper cards are about in this room now, for who leads it or helps; null for everyone else. */
export async function paperIn(
  tx: Tx,
  session: string,
): Promise<{ statements: OnCard[]; issues: IssueOnCard[]; cards: number } | null> {
  const { rows } = await sql<{ helps: boolean; cards: number }>`
    select core.helps_in(${session}::uuid) as helps, core.count_cards(${session}::uuid) as cards`.execute(tx);
  if (!rows[0]?.helps) return null;
  const statements = await tx
    .selectFrom('core.statement')
    .select(['id', 'number', 'language', 'text'])
    .where('session', '=', session)
    .where('form', '=', 'statement')
    .where('standing', '=', 'open')
    .orderBy('number')
    .execute();
  const issues = await issuesIn(tx, session);
  return { statements, issues, cards: rows[0].cards };
}
