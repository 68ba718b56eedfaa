import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { nothingSaid, uses, type Saying, type Use, type WayToSay } from './model.ts';
import './tables.ts';

/** One sentence as it was said and sealed. */
export interface Said extends Omit<Saying, 'use'> {
  readonly number: number;
  readonly use: Use | 'all';
  readonly fromDay: Day;
  readonly untilDay: Day | null;
  readonly seenHash: Buffer | null;
  readonly shownIn: string;
  readonly how: WayToSay;
  /** Whether someone else said it, by the teller’s word. */
  readonly byWord: boolean;
  readonly at: Date;
}

export interface Consents {
  /** The last word on each use, in the order of the uses, whether or not it still holds by its day; what was never said stands as nothing. */
  readonly lastWords: readonly (Saying & { readonly seenHash: Buffer | null })[];
  /** Everything that was said, newest first. */
  readonly history: readonly Said[];
}

/** What was said of an item, as far as who is asking may know it; for who may not, nothing was. */
export async function consentsOf(tx: Tx, item: string): Promise<Consents> {
  const { rows } = await sql<Said>`
    select c.number, c.use, c.verdict, c.audience, c.languages, c.name_form as "nameForm", c.with_image as "withImage",
      c.with_voice as "withVoice", c.from_day as "fromDay", c.until_day as "untilDay", c.seen_hash as "seenHash",
      c.shown_in as "shownIn", c.how, c.said_by <> i.teller as "byWord", c.at
    from core.consent c join core.consent_item i on i.id = c.item
    where c.item = ${item} order by c.number desc`.execute(tx);
  const lastWords = uses.map((use) => {
    const last = rows.find((said) => said.use === use || said.use === 'all');
    return last?.use === use ? { ...last, use } : { ...nothingSaid(use), seenHash: null };
  });
  return { lastWords, history: rows };
}
