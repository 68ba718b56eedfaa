import { error, fail, redirect } from '@sveltejs/kit';
import { poolKeeperOf, type PoolKeeper } from '#modules/pools/access.ts';
import type { PoolProblem } from '#modules/pools/input.ts';
import type { TypedCall } from '#modules/pools/inviting/input.ts';
import type { TypedPool } from '#modules/pools/keeping/input.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import type { Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** Who keeps pools, and which pool this door is about. */
export const keeperHere = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) => ({
  keeper: poolKeeperOf(locals.viewer) ?? error(404, 'not found'),
  pool: isKey(params.pool) ? params.pool : error(404, 'not found'),
});

/** What was typed and could not be taken, with why. */
interface NotTaken {
  readonly call?: TypedCall;
  readonly pool?: TypedPool;
  readonly problems: readonly PoolProblem[];
}

export const notTaken = (problems: readonly PoolProblem[], typed: Omit<NotTaken, 'problems'> = {}) => ({
  notTaken: { ...typed, problems },
});

type Refusal =
  | 'no_such_area'
  | 'not_here'
  | 'pool_not_there'
  | 'pool_ended'
  | 'expert_elsewhere'
  | 'call_over'
  | 'nobody'
  | 'no_such_facilitator';
type Work = (
  tx: Tx,
  keeper: PoolKeeper,
  form: FormData,
  pool: string,
) => Promise<Result<unknown, Refusal>> | { readonly notTaken: NotTaken };

/** Does what a form asks as who keeps the pool, and leads back to the page; what could not be taken stays as it was typed. */
export async function done(event: RequestEvent, work: Work) {
  const { keeper, pool } = keeperHere(event);
  const form = await event.request.formData();
  const answer = await withViewer(keeper, async (tx) => work(tx, keeper, form, pool));
  if ('notTaken' in answer) return fail(400, { notTaken: answer.notTaken });
  if (!answer.ok) return fail(409, { refused: `pools.desk.refused.${answer.reason}` satisfies MessageKey });
  redirect(303, `${event.url.pathname}?done`);
}
