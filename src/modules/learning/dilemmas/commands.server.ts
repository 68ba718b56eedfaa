import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import type { Looker, Teller } from '../access.ts';
import { inOne, type Beside } from '../model.ts';
import '../tables.ts';
import type { DilemmaLinkKind, DilemmaWish, PositionWish } from './model.ts';

/**
 * Tells a dilemma, which waits until somebody else looked at it; answers its key and its word in the address. Out of an intervision
 * it is told by the house (`circleOf`), and then it is nobody's.
 */
export async function tellDilemma(
  tx: Tx,
  teller: Teller,
  wish: DilemmaWish,
): Promise<{ id: string; slug: string }> {
  return tx
    .insertInto('core.dilemma')
    .values({
      slug: addressFor(wish.title, 'dilemma', randomBytes(3).toString('hex')),
      origin: teller.origin,
      level: wish.level,
      title: JSON.stringify(inOne(wish.language, wish.title)) as never,
      what: JSON.stringify(inOne(wish.language, wish.what)) as never,
      questions: JSON.stringify(wish.questions.map((text) => inOne(wish.language, text))) as never,
      language: wish.language,
      themes: [...wish.themes],
      source: null,
      told_by: teller.person,
      called: wish.called,
      goes_along: wish.goesAlong,
    })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
}

/** Tells how an open dilemma looks from where someone stands; it waits until somebody else looked. Refuses when there is no such dilemma. */
export async function tellPosition(
  tx: Tx,
  teller: Teller,
  dilemma: string,
  wish: PositionWish,
): Promise<Result<{ id: string }, 'learning.refused.not-there'>> {
  const open = await tx.selectFrom('pub.dilemma').select('id').where('slug', '=', dilemma).executeTakeFirst();
  if (!open) return refused('learning.refused.not-there');
  const made = await tx
    .insertInto('core.dilemma_position')
    .values({
      dilemma: open.id,
      place: wish.place,
      words: wish.words,
      language: wish.language,
      told_by: teller.person,
      called: wish.called,
      goes_along: wish.goesAlong,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(made);
}

const shelves = { story: 'pub.story', word: 'pub.word', insight: 'pub.insight_card' } as const;

/** Lays a story, a word or an insight beside a dilemma. Refuses what is not there for anyone to read. */
export async function layBeside(
  tx: Tx,
  looker: Looker,
  dilemma: string,
  { kind, slug }: Beside<DilemmaLinkKind>,
): Promise<Result<null, 'learning.refused.not-there'>> {
  const { rows } = await sql`select from ${sql.table(shelves[kind])} where slug = ${slug}`.execute(tx);
  const there = await tx.selectFrom('core.dilemma').select('id').where('id', '=', dilemma).executeTakeFirst();
  if (rows.length === 0 || !there) return refused('learning.refused.not-there');
  await tx
    .insertInto('core.dilemma_link')
    .values({ dilemma, kind, slug, linked_by: looker.person })
    .onConflict((same) => same.doNothing())
    .execute();
  return ok(null);
}

/** Takes what was laid beside a dilemma away again. */
export async function takeAway(
  tx: Tx,
  _looker: Looker,
  dilemma: string,
  { kind, slug }: Beside,
): Promise<void> {
  await sql`delete from core.dilemma_link where dilemma = ${dilemma} and kind = ${kind} and slug = ${slug}`.execute(
    tx,
  );
}
