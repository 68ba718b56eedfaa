import { parseWish } from '#modules/initiatives/input.ts';
import { countOn } from '#modules/initiatives/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({
    wish: parseWish(new URLSearchParams(), today()).wish,
    count: await countOn(tx, today()),
  }));
