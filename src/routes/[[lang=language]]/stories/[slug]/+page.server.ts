import { error } from '@sveltejs/kit';
import { storyNamed } from '#modules/stories/gathering/queries.server.ts';
import { momentsWithVoicesFor } from '#modules/stories/moments/page/queries.server.ts';
import { beginningsOf } from '#modules/stories/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) => {
  const { viewer, language } = locals;
  return withViewer(viewer, async (tx) => {
    const story = (await storyNamed(tx, params.slug)) ?? error(404, 'not found');
    const { tellings } = story;
    // A series keeps its own order, telling after telling; a shared history stands on the moments of those who lived it.
    const isShared = story.kind === 'shared';
    const together = { initiatives: story.initiatives.map(({ id }) => id), tellings };
    return {
      story,
      read: isShared
        ? await momentsWithVoicesFor(tx, viewer, together, url.searchParams.get('page'), language)
        : null,
      voices: isShared ? [] : await beginningsOf(tx, viewer, tellings, language),
    };
  });
};
