import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Refused, Typed } from '../model.ts';
import { entryToKeep } from '../queries.server.ts';

/**
 * Shows the exact place of an entry to the verifier who asks, in the form as they filled it in, and writes down that they
 * looked; whoever keeps the entry can read that. Null when they do not watch over it.
 */
export async function lookAtPlace(
  tx: Tx,
  id: string,
  typed: Typed,
  language: Language,
): Promise<Refused | null> {
  if (!(await hasRight(tx, 'watch', [id]))) return null;
  await tx
    .insertInto('core.place_look')
    .values({ initiative_id: id, person_id: sql<string>`core.viewer_person()`, purpose: 'verify' })
    .execute();
  const seen = await entryToKeep(tx, id, language, true);
  return (
    seen && {
      typed: { ...typed, point: seen.typed.point ?? [] },
      before: seen.typed,
      problems: [],
      clashes: [],
      pointShown: true,
    }
  );
}
