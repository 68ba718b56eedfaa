import type { Tx } from '#platform/db.server.ts';
import type { Librarian } from '../access.ts';
import '../tables.ts';
import type { Work, WorkProblem } from './model.ts';

/** What became of a file of works: how many are new and how many stood there already, or why nothing was taken. */
export type Brought =
  | { readonly ok: true; readonly brought: number; readonly known: number }
  | { readonly ok: false; readonly problems: readonly WorkProblem[] };

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

// The database gives the parts of an entry back in an order of its own.
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, inOrder(part)]),
  );
};

/**
 * Brings works in, wholly or not at all. A work that stands there already, the same under the same key, is left as it is; a key that
 * belongs to another work is a fault of that entry.
 */
export async function bringWorks(tx: Tx, librarian: Librarian, works: readonly Work[]): Promise<Brought> {
  const keys = works.map(({ id }) => id);
  const there = await tx
    .selectFrom('core.work')
    .select(['key', 'csl'])
    .where('key', 'in', [...keys, ''])
    .execute();
  const known = new Map(there.map(({ key, csl }) => [key, csl]));
  const problems = works.flatMap((work, at): WorkProblem[] => {
    const before = known.get(work.id);
    if (!before || same(before, work)) return [];
    return [
      { entry: at + 1, key: work.id, field: 'id', reason: 'key-taken', found: before.title.slice(0, 80) },
    ];
  });
  if (problems.length > 0) return { ok: false, problems };
  const fresh = works.filter(({ id }) => !known.has(id));
  if (fresh.length > 0)
    await tx
      .insertInto('core.work')
      .values(
        fresh.map((work) => ({
          key: work.id,
          csl: JSON.stringify(work) as never,
          brought_by: librarian.person,
        })),
      )
      .execute();
  return { ok: true, brought: fresh.length, known: works.length - fresh.length };
}
