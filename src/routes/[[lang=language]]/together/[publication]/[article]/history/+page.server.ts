import { changedSomething } from '#modules/publications/writing/history/model.ts';
import { deedsDone, deedsOnAPage } from '#modules/publications/writing/history/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { articleAt } from '../here.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const { work, article } = await articleAt(tx, { locals, params });
    const said = url.searchParams.get('block') ?? '';
    const block = isKey(said) ? said : null;
    const from = Math.max(0, Math.min(100_000, Math.trunc(Number(url.searchParams.get('from')) || 0)));
    const deeds = await deedsDone(tx, article.id, { paragraph: block, from });
    return {
      work,
      article,
      block,
      deeds: deeds.slice(0, deedsOnAPage).filter(changedSomething),
      older: deeds.length > deedsOnAPage ? from + deedsOnAPage : null,
      newer: from > 0 ? Math.max(0, from - deedsOnAPage) : null,
    };
  });
