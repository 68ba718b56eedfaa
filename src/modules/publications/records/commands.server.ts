import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Librarian } from '../../learning/access.ts';
import type { Work } from '../../learning/citing/model.ts';
import '../tables.ts';
import { freeSlug, sameness, type LibraryRecord } from './model.ts';

/**
 * Brings records in, all of them: the file was read without a fault. One that stands there already, by title, year and number, is
 * left as it is. Answers how many are new and how many were known.
 */
export async function bringRecords(
  tx: Tx,
  librarian: Librarian,
  records: readonly LibraryRecord[],
): Promise<{ readonly brought: number; readonly known: number }> {
  const there = await tx.selectFrom('core.record').select(['slug', 'csl']).execute();
  const known = new Set(there.map(({ csl }) => sameness(csl as Work)));
  const taken = new Set(there.map(({ slug }) => slug));
  const fresh = records.flatMap((record) => {
    const same = sameness(record.csl);
    if (known.has(same)) return [];
    known.add(same);
    const slug = freeSlug(record.slug, taken);
    taken.add(slug);
    return [{ ...record, slug, csl: { ...record.csl, id: slug } }];
  });
  if (fresh.length > 0)
    await tx
      .insertInto('core.record')
      .values(
        fresh.map(({ slug, csl, about, source }) => ({
          slug,
          csl: JSON.stringify(csl),
          about: JSON.stringify(about),
          source,
          brought_by: librarian.person,
        })),
      )
      .execute();
  return { brought: fresh.length, known: records.length - fresh.length };
}

/** Writes a record anew, under the address it has; what its form does not ask about, such as words in a third language, stays. */
export async function keepRecord(
  tx: Tx,
  _librarian: Librarian,
  slug: string,
  record: LibraryRecord,
): Promise<Result<null, 'figures.desk.records.refused.not-there'>> {
  const before = await tx
    .selectFrom('core.record')
    .select(['id', 'about'])
    .where('slug', '=', slug)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return refused('figures.desk.records.refused.not-there');
  const { nl: _nl, en: _en, ...others } = before.about as Record<string, string>;
  await tx
    .updateTable('core.record')
    .set({
      csl: JSON.stringify({ ...record.csl, id: slug }),
      about: JSON.stringify({ ...others, ...record.about }),
      source: record.source,
    })
    .where('id', '=', before.id)
    .execute();
  return ok(null);
}

/** Takes a record out of the library, at once. */
export async function removeRecord(
  tx: Tx,
  _librarian: Librarian,
  slug: string,
): Promise<Result<null, 'figures.desk.records.refused.not-there'>> {
  const gone = await tx.deleteFrom('core.record').where('slug', '=', slug).executeTakeFirst();
  return gone.numDeletedRows > 0n ? ok(null) : refused('figures.desk.records.refused.not-there');
}
