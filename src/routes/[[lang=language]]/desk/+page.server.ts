import { asVerifier } from '#modules/initiatives/verifying/access.ts';
import { savedFilters, tallyWaiting } from '#modules/initiatives/verifying/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';
import { speakDesk } from './ways.ts';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const who = asVerifier(locals.viewer);
  if (!who) return { tally: null, filters: [] };
  return withViewer(who, async (tx) => ({
    tally: await tallyWaiting(tx),
    filters: await savedFilters(tx, who),
  }));
};
