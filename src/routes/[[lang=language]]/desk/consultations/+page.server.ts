import { askerOf } from '#modules/pools/consulting/access.ts';
import { consultations } from '#modules/pools/consulting/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    all: (await consultations(tx)).filter(({ side }) => side !== 'expert'),
    asks: askerOf(locals.viewer) !== null,
  }));
};
