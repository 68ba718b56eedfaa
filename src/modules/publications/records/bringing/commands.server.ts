import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { lastingKey } from '#platform/ids.ts';
import '../../tables.ts';
import type { LibraryRecord } from '../model.ts';

/**
 * Lays the publications that sources name, open at once; a second time brings them up to date. Answers how many are new. Asks the
 * operator's transaction.
 */
export async function layLibrary(tx: Tx, records: readonly LibraryRecord[]): Promise<number> {
  await insistOnOperator(tx);
  const there = await tx.selectFrom('core.record').select('slug').execute();
  const known = new Set(there.map(({ slug }) => slug));
  for (const { slug, csl, about, source } of records) {
    const told = { csl: JSON.stringify(csl), about: JSON.stringify(about), source };
    await tx
      .insertInto('core.record')
      .values({ id: lastingKey('record', slug), slug, brought_by: null, ...told })
      .onConflict((same) => same.column('slug').doUpdateSet(told))
      .execute();
  }
  return records.filter(({ slug }) => !known.has(slug)).length;
}
