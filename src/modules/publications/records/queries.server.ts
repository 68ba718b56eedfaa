import type { Tx } from '#platform/db.server.ts';
import type { Work } from '../../learning/citing/model.ts';
import '../reading/tables.ts';
import type { LibraryRecord } from './model.ts';

interface RecordRow {
  readonly slug: string;
  readonly csl: unknown;
  readonly about: unknown;
  readonly source: string;
}

const recordOf = ({ slug, csl, about, source }: RecordRow): LibraryRecord => ({
  slug,
  csl: csl as Work,
  about: about as LibraryRecord['about'],
  source,
});

const yearOf = ({ csl }: LibraryRecord) => csl.issued?.['date-parts'][0]?.[0] ?? 0;

/** Every publication that stands elsewhere, newest first and then by title; one that names no year stands last. Anyone may read it. */
export async function everyRecord(tx: Tx): Promise<LibraryRecord[]> {
  const rows = await tx.selectFrom('pub.record').select(['slug', 'csl', 'about', 'source']).execute();
  return rows
    .map(recordOf)
    .sort((one, other) => yearOf(other) - yearOf(one) || (one.csl.title < other.csl.title ? -1 : 1));
}

/** One such publication, or null. Anyone may read it. */
export async function recordAt(tx: Tx, slug: string): Promise<LibraryRecord | null> {
  const row = await tx
    .selectFrom('pub.record')
    .select(['slug', 'csl', 'about', 'source'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row ? recordOf(row) : null;
}
