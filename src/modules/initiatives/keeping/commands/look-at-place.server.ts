import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Refused, Typed } from '../model.ts';
import { entryToKeep } from '../queries.server.ts';

/**
 * Writes down that the verifier who is asking looks at the exact place of an entry; whoever keeps the entry can read it.
 * False when they do not watch over it.
 */
export async function lookAtPlace(tx: Tx, id: string): Promise<boolean> {
  if (!(await hasRight(tx, 'watch', [id]))) return false;
  await tx
    .insertInto('core.place_look')
    .values({ initiative_id: id, person_id: sql<string>`core.viewer_person()`, purpose: 'verify' })
    .execute();
  return true;
}

/** Shows the exact place in the form as a verifier filled it in, after writing down that they look; null when they do not watch over the entry. */
export async function showPlace(
  tx: Tx,
  id: string,
  typed: Typed,
  language: Language,
): Promise<Refused | null> {
  if (!(await hasRight(tx, 'watch', [id])) || !(await lookAtPlace(tx, id))) return null;
  const seen = await entryToKeep(tx, id, language, true);
  if (!seen) return null;
  const shown = { ...typed, point: seen.typed.point ?? [] };
  return { typed: shown, before: seen.typed, problems: [], clashes: [], pointShown: true };
}
