import { openAdvices } from '#modules/pools/following/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () =>
  withViewer(visitor, async (tx) => ({ advices: await openAdvices(tx), today: today() }));
