import type { Oneself } from '#modules/people/access.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, type Result } from '#platform/result.ts';
import { keepable, type Prompt } from './model.ts';
import './tables.ts';

/** Keeps what someone wrote for themselves at a question. */
export async function reflect(
  tx: Tx,
  { person }: Oneself,
  { facing, about }: Prompt,
  language: string,
  typed: string,
): Promise<Result<null, 'empty' | 'too-long'>> {
  const words = keepable(typed);
  if (!words.ok) return words;
  await tx
    .insertInto('core.reflection')
    .values({ person_id: person, facing, about, language, words: words.value })
    .execute();
  return ok(null);
}

/** Throws away something one wrote for oneself. */
export async function throwAway(tx: Tx, { person }: Oneself, id: string): Promise<void> {
  await tx.deleteFrom('core.reflection').where('id', '=', id).where('person_id', '=', person).execute();
}
