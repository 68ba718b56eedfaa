import { parseDilemmaAsk } from '#modules/learning/dilemmas/input.ts';
import { openDilemmas } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const ask = parseDilemmaAsk(url.searchParams);
  return withViewer(locals.viewer, async (tx) => ({ ask, dilemmas: await openDilemmas(tx, ask) }));
};
