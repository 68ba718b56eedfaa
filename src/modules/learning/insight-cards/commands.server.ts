import { randomBytes } from 'node:crypto';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { Librarian, Teller } from '../access.ts';
import { inOne } from '../model.ts';
import '../tables.ts';
import type { InsightWish } from './model.ts';

/**
 * Writes an insight down, which waits until somebody else looked at it. Refuses works that the library does not hold, naming them, and
 * a question that was not asked.
 */
export async function writeInsight(
  tx: Tx,
  teller: Teller,
  wish: InsightWish,
): Promise<Result<{ id: string; slug: string }, 'learning.refused.works' | 'learning.refused.question'>> {
  const works = await tx
    .selectFrom('core.work')
    .select(['id', 'key'])
    .where('key', 'in', [...wish.works, ''])
    .execute();
  const unknown = wish.works.filter((key) => !works.some((work) => work.key === key));
  if (unknown.length > 0) return refused('learning.refused.works', { keys: unknown.join(', ') });
  const question = await tx
    .selectFrom('core.insight_question')
    .select('id')
    .where('slug', '=', wish.question ?? '')
    .executeTakeFirst();
  if (wish.question !== null && !question) return refused('learning.refused.question');
  const words = (text: string) => JSON.stringify(inOne(wish.language, text)) as never;
  const card = await tx
    .insertInto('core.insight_card')
    .values({
      slug: addressFor(wish.claim, 'inzicht', randomBytes(3).toString('hex')),
      kind: wish.kind,
      question: question?.id ?? null,
      claim: words(wish.claim),
      holds: words(wish.holds),
      against: words(wish.against),
      grounds: words(wish.grounds),
      language: wish.language,
      themes: [...wish.themes],
      told_by: teller.person,
      called: wish.called,
      goes_along: wish.goesAlong,
    })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
  const authors = wish.authors.map((called, at) => ({ card: card.id, place: at + 1, called }));
  if (authors.length > 0) await tx.insertInto('core.insight_author').values(authors).execute();
  if (works.length > 0)
    await tx
      .insertInto('core.insight_work')
      .values(works.map(({ id }) => ({ card: card.id, work: id })))
      .execute();
  return ok(card);
}

/** Asks a question on which insights can stand beside each other; answers its word in the address. */
export async function askQuestion(
  tx: Tx,
  librarian: Librarian,
  wish: { readonly question: string; readonly language: string; readonly themes: readonly Theme[] },
): Promise<string> {
  const { slug } = await tx
    .insertInto('core.insight_question')
    .values({
      slug: addressFor(wish.question, 'vraag', randomBytes(2).toString('hex')),
      question: JSON.stringify(inOne(wish.language, wish.question)) as never,
      language: wish.language,
      themes: [...wish.themes],
      asked_by: librarian.person,
    })
    .returning('slug')
    .executeTakeFirstOrThrow();
  return slug;
}
