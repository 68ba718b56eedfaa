import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { wordsFor } from '../../sessions/room/model.ts';
import type { PoolKeeper } from '../access.ts';
import { hoursOf } from '../model.ts';
import '../tables.ts';
import type { CallWords } from './input.ts';
import { turnsFor } from './queries.server.ts';

/** Writes down what a pool is asked; nobody is invited by it. Answers the key of the call. */
export async function callPool(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly words: CallWords; readonly language: Language },
): Promise<Result<string, 'pool_not_there' | 'pool_ended'>> {
  const pool = await tx
    .selectFrom('core.pool')
    .select('state')
    .where('id', '=', wish.pool)
    .where(sql<boolean>`core.keeps_pool(id)`)
    .executeTakeFirst();
  if (!pool) return refused('pool_not_there');
  if (pool.state === 'ended') return refused('pool_ended');
  const { answerBy, languages, ...words } = wish.words;
  const { id } = await tx
    .insertInto('core.pool_call')
    .values({
      ...words,
      pool: wish.pool,
      language: wish.language,
      languages: [...languages],
      answer_by: answerBy,
      made_by: keeper.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(id);
}

const heldCall = async (tx: Tx, _keeper: PoolKeeper, pool: string, call: string) => {
  const { rows } = await sql<{
    id: string;
    what: string;
    minutes: number;
    day: Day | null;
    daypart: 'morning' | 'afternoon' | 'evening' | 'weekend' | null;
    languages: string[];
    state: 'open' | 'closed' | 'called-off';
    hours_a_year: number;
    name: Record<string, string>;
    home: string | null;
  }>`select c.id, c.what, c.minutes, c.day, c.daypart, c.languages, c.state, k.hours_a_year, k.name, k.home
    from core.pool_call c join core.pool k on k.id = c.pool where c.id = ${call} and c.pool = ${pool} and core.keeps_pool(k.id) for update of c`.execute(
    tx,
  );
  return rows[0];
};

/**
 * Invites these experts to a call, each with why their turn had come, and tells them by letter. Who cannot be asked now is left out;
 * answers how many were invited.
 */
export async function invite(
  tx: Tx,
  keeper: PoolKeeper,
  wish: {
    readonly pool: string;
    readonly call: string;
    readonly experts: readonly string[];
    readonly on: Day;
  },
): Promise<Result<number, 'pool_not_there' | 'call_over' | 'nobody'>> {
  const call = await heldCall(tx, keeper, wish.pool, wish.call);
  if (!call) return refused('pool_not_there');
  if (call.state !== 'open') return refused('call_over');
  const turns = await turnsFor(tx, wish.pool, call, { hoursAYear: call.hours_a_year, today: wish.on });
  const chosen = turns.next.filter(({ expert }) => wish.experts.includes(expert));
  if (chosen.length === 0) return refused('nobody');
  for (const { expert, reasons } of chosen) {
    await tx
      .insertInto('core.pool_invitation')
      .values({
        id: crypto.randomUUID(),
        call: call.id,
        expert,
        asked_on: wish.on,
        minutes_asked: call.minutes,
        why: sql<readonly Record<string, unknown>[]>`${JSON.stringify(reasons)}::jsonb`,
      })
      .execute();
    await tellInvited(tx, expert, call);
  }
  return ok(chosen.length);
}

async function tellInvited(
  tx: Tx,
  expert: string,
  call: NonNullable<Awaited<ReturnType<typeof heldCall>>>,
): Promise<void> {
  const who = await tx
    .selectFrom('core.pool_expert')
    .select(['person_id', 'language'])
    .where('id', '=', expert)
    .executeTakeFirst();
  if (!who?.person_id) return;
  const language = who.language !== null && isLanguage(who.language) ? who.language : 'nl';
  await post(tx, {
    to: { person: who.person_id },
    language,
    name: 'pools.invited',
    values: {
      pool: wordsFor(call.name, [language])?.text ?? '',
      what: call.what,
      hours: hoursOf(call.minutes),
    },
    buttons: [{ label: 'mail.pools.look', url: `${call.home ?? ''}/${language}/me/pools` }],
  });
}

/** Closes a call, or calls it off; what was given and paid stays. */
export async function endCall(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly call: string; readonly how: 'closed' | 'called-off' },
): Promise<Result<null, 'pool_not_there' | 'call_over'>> {
  const call = await heldCall(tx, keeper, wish.pool, wish.call);
  if (!call) return refused('pool_not_there');
  if (call.state !== 'open') return refused('call_over');
  await tx.updateTable('core.pool_call').set({ state: wish.how }).where('id', '=', wish.call).execute();
  return ok(null);
}
