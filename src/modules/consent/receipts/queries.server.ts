import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import '../tables.ts';
import type { Receipt, SaidOnReceipt } from './model.ts';

/** The receipts of an item, newest first, without what they say; none for who may not speak of it. */
export async function receiptsOf(
  tx: Tx,
  item: string,
): Promise<Pick<Receipt, 'id' | 'kind' | 'madeAt' | 'doneAt'>[]> {
  const { rows } = await sql<Pick<Receipt, 'id' | 'kind' | 'madeAt' | 'doneAt'>>`
    select id, kind, made_at as "madeAt", done_at as "doneAt" from core.receipt where item = ${item} order by made_at desc, id`.execute(
    tx,
  );
  return rows;
}

/** One receipt of an item with everything that was said up to it; null for who may not speak of it. */
export async function receiptNamed(tx: Tx, item: string, id: string): Promise<Receipt | null> {
  if (!isKey(item) || !isKey(id)) return null;
  const { rows } = await sql<Omit<Receipt, 'said'> & { upto: number }>`
    select r.id, r.item, r.kind, r.upto, r.language, r.made_at as "madeAt", r.places, r.done_at as "doneAt", encode(c.seal, 'hex') as seal
    from core.receipt r join core.consent c on c.number = r.upto where r.id = ${id} and r.item = ${item}`.execute(
    tx,
  );
  const [found] = rows;
  if (!found) return null;
  const { upto, ...receipt } = found;
  const { rows: said } = await sql<SaidOnReceipt>`
    select c.use, c.verdict, c.audience, c.languages, c.name_form as "nameForm", c.with_image as "withImage",
      c.with_voice as "withVoice", c.from_day as "fromDay", c.until_day as "untilDay", c.seen_hash as "seenHash",
      c.shown_in as "shownIn", c.how, c.said_by <> i.teller as "byWord", c.at
    from core.consent c join core.consent_item i on i.id = c.item where c.item = ${item} and c.number <= ${upto} order by c.number`.execute(
    tx,
  );
  return { ...receipt, said };
}
