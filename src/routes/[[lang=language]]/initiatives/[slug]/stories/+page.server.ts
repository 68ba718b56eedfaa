import { error, redirect } from '@sveltejs/kit';
import { entryNamed, movedTo } from '#modules/initiatives/entry/queries.server.ts';
import { entryKnown } from '#modules/initiatives/entry/queries/known.server.ts';
import { storiesAbout } from '#modules/stories/gathering/queries.server.ts';
import { momentsWithVoicesFor } from '#modules/stories/moments/page/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) => {
  const { viewer, language } = locals;
  return withViewer(viewer, async (tx) => {
    const entry = await (viewer.kind === 'visitor' ? entryNamed : entryKnown)(tx, params.slug, language);
    const elsewhere = entry?.standing === 'laid' ? null : await movedTo(tx, params.slug);
    if (elsewhere !== null) redirect(301, `/${language}/initiatives/${elsewhere}/stories`);
    if (!entry) error(404, 'not found');
    return {
      entry: { slug: entry.slug, name: entry.name },
      stories: await storiesAbout(tx, entry.id),
      read: await momentsWithVoicesFor(
        tx,
        viewer,
        { initiatives: [entry.id], tellings: [] },
        url.searchParams.get('page'),
        language,
      ),
    };
  });
};
