import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { municipalityNamed, provinces } from '#modules/places/queries.server.ts';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { addressFor } from '../../languages/latin/model.ts';
import { wordsFor } from '../../sessions/room/model.ts';
import type { PoolKeeper } from '../access.ts';
import { expertAfter, poolAfter, type PoolArea, type PoolWords } from '../model.ts';
import '../tables.ts';
import type { Paid, TypedPool } from './input.ts';

type AreaRefusal = 'no_such_area' | 'not_here';

async function areaOf(tx: Tx, { municipality, province }: TypedPool): Promise<PoolArea | null> {
  if (municipality !== '') {
    const found = await municipalityNamed(tx, municipality);
    return found && { municipality: found.code, province: null };
  }
  const found = (await provinces(tx)).find(({ code }) => code === province);
  return found ? { municipality: null, province: found.code } : null;
}

/** Where someone wants a pool, when they may have one there. */
async function areaFor(tx: Tx, typed: TypedPool): Promise<Result<PoolArea, AreaRefusal>> {
  const area = await areaOf(tx, typed);
  if (!area) return refused('no_such_area');
  const { rows } = await sql<{
    may: boolean;
  }>`select core.may_found_pool(${area.municipality}, ${area.province}) as may`.execute(tx);
  return rows[0]?.may ? ok(area) : refused('not_here');
}

const columnsOf = (words: PoolWords) => ({
  language: words.language,
  name: words.name,
  purpose: words.purpose,
  training: words.training,
  cents_an_hour: words.centsAnHour,
  hours_a_year: words.hoursAYear,
});

const layOpen = (tx: Tx, pool: string) => sql`select core.lay_pool_open(${pool}::uuid)`.execute(tx);

/** Makes a pool that nobody but its keepers sees yet; answers its key. */
export async function foundPool(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly typed: TypedPool; readonly words: PoolWords; readonly home: string },
): Promise<Result<string, AreaRefusal>> {
  const area = await areaFor(tx, wish.typed);
  if (!area.ok) return area;
  const { id } = await tx
    .insertInto('core.pool')
    .values({
      ...columnsOf(wish.words),
      ...area.value,
      slug: addressFor(wish.typed.name, 'pool', randomBytes(3).toString('hex')),
      home: wish.home,
      made_by: keeper.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(id);
}

const heldPool = (tx: Tx, _keeper: PoolKeeper, pool: string) =>
  tx
    .selectFrom('core.pool')
    .select(['id', 'state', 'name', 'home'])
    .where('id', '=', pool)
    .where(sql<boolean>`core.keeps_pool(id)`)
    .forUpdate()
    .executeTakeFirst();

/** Changes what is said of a pool. */
export async function changePool(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly typed: TypedPool; readonly words: PoolWords },
): Promise<Result<null, AreaRefusal | 'pool_not_there'>> {
  if (!(await heldPool(tx, keeper, wish.pool))) return refused('pool_not_there');
  const area = await areaFor(tx, wish.typed);
  if (!area.ok) return area;
  await tx
    .updateTable('core.pool')
    .set({ ...columnsOf(wish.words), ...area.value })
    .where('id', '=', wish.pool)
    .execute();
  await layOpen(tx, wish.pool);
  return ok(null);
}

/** Opens a pool to newcomers, lets it rest, or ends it. */
export async function movePool(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly deed: 'open' | 'rest' | 'end'; readonly on: Day },
): Promise<Result<null, 'pool_not_there' | 'pool_ended'>> {
  const held = await heldPool(tx, keeper, wish.pool);
  if (!held) return refused('pool_not_there');
  const after = poolAfter(held.state, wish.deed);
  if (!after.ok) return after;
  await tx
    .updateTable('core.pool')
    .set({ state: after.value, ended_on: after.value === 'ended' ? wish.on : null })
    .where('id', '=', wish.pool)
    .execute();
  await layOpen(tx, wish.pool);
  return ok(null);
}

/** Lets someone who asks into a pool, or not; who is let in is told by letter. */
export async function answerAsker(
  tx: Tx,
  keeper: PoolKeeper,
  wish: {
    readonly pool: string;
    readonly expert: string;
    readonly deed: 'let-in' | 'turn-away';
    readonly on: Day;
  },
): Promise<Result<null, 'pool_not_there' | 'expert_elsewhere'>> {
  const pool = await heldPool(tx, keeper, wish.pool);
  const asker = await tx
    .selectFrom('core.pool_expert')
    .select(['state', 'person_id', 'language'])
    .where('id', '=', wish.expert)
    .where('pool', '=', wish.pool)
    .forUpdate()
    .executeTakeFirst();
  if (!pool || !asker) return refused('pool_not_there');
  const after = expertAfter(asker.state, wish.deed);
  if (!after.ok) return after;
  await tx
    .updateTable('core.pool_expert')
    .set({ state: after.value, since: after.value === 'in' ? wish.on : null, answered_on: wish.on })
    .where('id', '=', wish.expert)
    .execute();
  if (after.value === 'in' && asker.person_id !== null) {
    const language = asker.language !== null && isLanguage(asker.language) ? asker.language : 'nl';
    await post(tx, {
      to: { person: asker.person_id },
      language,
      name: 'pools.let-in',
      values: { pool: wordsFor(pool.name, [language])?.text ?? '' },
      buttons: [{ label: 'mail.pools.look', url: `${pool.home ?? ''}/${language}/me/pools` }],
    });
  }
  return ok(null);
}

/** Writes down that an expert did the training of the pool. */
export async function sayTrained(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly expert: string; readonly on: Day },
): Promise<Result<null, 'pool_not_there'>> {
  if (!(await heldPool(tx, keeper, wish.pool))) return refused('pool_not_there');
  const changed = await tx
    .updateTable('core.pool_expert')
    .set({ trained_on: wish.on })
    .where('id', '=', wish.expert)
    .where('pool', '=', wish.pool)
    .where('state', 'in', ['in', 'resting'])
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n ? ok(null) : refused('pool_not_there');
}

const heldInvitation = async (tx: Tx, _keeper: PoolKeeper, pool: string, invitation: string) => {
  const { rows } = await sql<{
    answer: string | null;
    given_told_by: 'expert' | 'keeper' | null;
  }>`select i.answer, i.given_told_by from core.pool_invitation i join core.pool_call c on c.id = i.call
    where i.id = ${invitation} and c.pool = ${pool} and core.keeps_pool(c.pool) for update of i`.execute(tx);
  return rows[0];
};

/** Says what was paid for an invitation that was answered with yes; it can be said anew. */
export async function sayPaid(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly invitation: string; readonly paid: Paid },
): Promise<Result<null, 'pool_not_there'>> {
  const held = await heldInvitation(tx, keeper, wish.pool, wish.invitation);
  if (held?.answer !== 'yes') return refused('pool_not_there');
  await tx
    .updateTable('core.pool_invitation')
    .set({ paid_cents: wish.paid.cents, paid_way: wish.paid.way, paid_on: wish.paid.day })
    .where('id', '=', wish.invitation)
    .execute();
  return ok(null);
}

/** Writes down how many minutes an expert gave, on their word, where they did not say so themselves. */
export async function sayGivenFor(
  tx: Tx,
  keeper: PoolKeeper,
  wish: { readonly pool: string; readonly invitation: string; readonly minutes: number; readonly on: Day },
): Promise<Result<null, 'pool_not_there'>> {
  const held = await heldInvitation(tx, keeper, wish.pool, wish.invitation);
  if (held?.answer !== 'yes' || held.given_told_by === 'expert') return refused('pool_not_there');
  await tx
    .updateTable('core.pool_invitation')
    .set({ minutes_given: wish.minutes, given_on: wish.on, given_told_by: 'keeper' })
    .where('id', '=', wish.invitation)
    .execute();
  return ok(null);
}

/** Lets another facilitator keep a pool too; someone in the pool cannot keep it. */
export async function keepWith(
  tx: Tx,
  _keeper: PoolKeeper,
  wish: { readonly pool: string; readonly person: string },
): Promise<Result<null, 'no_such_facilitator'>> {
  const { rows } = await sql<{ may: boolean }>`select core.keeps_pool(${wish.pool}::uuid)
    and exists (select from core.fellow_facilitators() f where f.id = ${wish.person})
    and not exists (select from core.pool_expert e where e.pool = ${wish.pool} and e.person_id = ${wish.person}) as may`.execute(
    tx,
  );
  if (!rows[0]?.may) return refused('no_such_facilitator');
  await tx
    .insertInto('core.pool_keeper')
    .values({ pool: wish.pool, person: wish.person })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(null);
}
