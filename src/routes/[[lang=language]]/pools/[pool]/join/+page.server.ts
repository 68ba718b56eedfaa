import { error, fail, redirect } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import { askToJoin } from '#modules/pools/joining/commands.server.ts';
import { parseExpert, parseTold } from '#modules/pools/joining/input.ts';
import type { PoolProblem } from '#modules/pools/input.ts';
import { openPool } from '#modules/pools/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const here = async ({ params, locals }: Pick<RequestEvent, 'params' | 'locals'>) =>
  (await withViewer(visitor, (tx) => openPool(tx, params.pool, locals.language))) ?? error(404, 'not found');

export const load: PageServerLoad = async (event) => {
  const { slug, name, state } = await here(event);
  return { pool: { slug, name, state } };
};

const refusals = {
  pool_not_open: 'pools.join.closed',
  already_there: 'pools.join.already',
  keeps_it: 'pools.join.keeper',
} as const;

export const actions = {
  default: async (event) => {
    const { locals, request } = event;
    const self = oneself(locals.viewer) ?? error(404, 'not found');
    const pool = await here(event);
    const form = await request.formData();
    const { typed, words, problems } = parseExpert(form);
    const told = parseTold(form);
    if (!words) return fail(400, { typed, told, problems });
    const asked = await withViewer(locals.viewer, (tx) =>
      askToJoin(tx, self, { pool: pool.id, words, told }),
    );
    if (!asked.ok) {
      const refusal: PoolProblem = { field: 'called', reason: refusals[asked.reason] };
      return fail(409, { typed, told, problems: [refusal] });
    }
    redirect(303, `/${locals.language}/me/pools?done=asked`);
  },
} satisfies Actions;
