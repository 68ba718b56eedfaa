import { insistOnOperator } from '#platform/access.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import type { Words } from '../../sessions/model.ts';
import '../tables.ts';

/** A promise anyone may read that asks for help, and the agenda it stands on, or null. */
export async function askingForHelp(
  tx: Tx,
  promise: string,
): Promise<{
  readonly what: Words;
  readonly slug: string;
  readonly asked: readonly { language: string; text: string }[];
} | null> {
  const found = await tx
    .selectFrom('pub.promise as p')
    .innerJoin('pub.agenda as a', 'a.id', 'p.agenda')
    .select(['p.what', 'a.slug', 'p.help_asked'])
    .where('p.id', '=', promise)
    .where('a.ended_on', 'is', null)
    .executeTakeFirst();
  if (!found || found.help_asked.length === 0) return null;
  return { what: found.what, slug: found.slug, asked: found.help_asked };
}

/** The offer that waits for a yes with this word, or null. Asks a transaction of the house. */
export async function offerWith(
  tx: Tx,
  word: string,
  on: Day,
): Promise<{ readonly help: string; readonly text: string; readonly language: string } | null> {
  await insistOnOperator(tx);
  const offer = await tx
    .selectFrom('vault.promise_word as w')
    .innerJoin('core.promise_help as h', 'h.id', 'w.help')
    .select(['h.id as help', 'h.text', 'h.language'])
    .where('w.word_hash', '=', wordHash(word))
    .where('w.until_day', '>=', on)
    .where('h.state', '=', 'waiting')
    .executeTakeFirst();
  return offer ?? null;
}
