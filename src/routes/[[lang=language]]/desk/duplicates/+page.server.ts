import { pairsToSee } from '#modules/initiatives/duplicates/desk/queries.server.ts';
import { pairsPage } from '#modules/initiatives/duplicates/desk/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  speakDesk(locals.language, url);
  const which = url.searchParams.get('which') === 'decided' ? ('decided' as const) : ('open' as const);
  const asked = Number(url.searchParams.get('page'));
  const page = Number.isInteger(asked) && asked > 1 && asked < 10_000 ? asked : 1;
  const done = (['apart', 'merged', 'undone'] as const).find((what) => what === url.searchParams.get('done'));
  return withViewer(locals.viewer, async (tx) => {
    const { pairs, total } = await pairsToSee(tx, which, page);
    return {
      which,
      page,
      pages: Math.max(1, Math.ceil(total / pairsPage)),
      total,
      pairs,
      done: done ?? null,
    };
  });
};
