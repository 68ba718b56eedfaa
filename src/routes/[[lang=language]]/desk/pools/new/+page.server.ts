import { error, fail, redirect } from '@sveltejs/kit';
import { provinces } from '#modules/places/queries.server.ts';
import { poolKeeperOf } from '#modules/pools/access.ts';
import type { PoolProblem } from '#modules/pools/input.ts';
import { foundPool } from '#modules/pools/keeping/commands.server.ts';
import { parsePool } from '#modules/pools/keeping/input.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({ provinces: await provinces(tx, locals.language) }));
};

export const actions: Actions = {
  default: async ({ locals, request, url }) => {
    const keeper = poolKeeperOf(locals.viewer) ?? error(404, 'not found');
    const { typed, words, problems } = parsePool(await request.formData());
    if (!words) return fail(400, { typed, problems });
    const made = await withViewer(keeper, (tx) => foundPool(tx, keeper, { typed, words, home: url.origin }));
    if (!made.ok) {
      const problem: PoolProblem = { field: 'province', reason: `pools.desk.refused.${made.reason}` };
      return fail(400, { typed, problems: [problem] });
    }
    redirect(303, `/${locals.language}/desk/pools/${made.value}?done`);
  },
};
