import { consultations } from '#modules/pools/consulting/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({
    mine: (await consultations(tx)).filter(({ side }) => side === 'expert'),
  }));
