import { error } from '@sveltejs/kit';
import { editionAsWork } from '#modules/publications/citing/model.ts';
import { isOnePage } from '#modules/publications/reading/library/model.ts';
import { openEdition } from '#modules/publications/reading/library/queries.server.ts';
import { bookOf } from '#modules/publications/reading/queries.server.ts';
import { jsonLdOf } from '#modules/publications/reading/exchange/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) =>
  withViewer(visitor, async (tx) => {
    const edition = (await openEdition(tx, params.slug, params.edition)) ?? error(404, 'not found');
    const book = isOnePage(edition)
      ? await bookOf(tx, params.slug, params.edition, 'web', { pictures: false })
      : null;
    return {
      edition,
      articles: book?.articles ?? null,
      itself: editionAsWork(url.origin, edition),
      linked: jsonLdOf(url.origin, edition),
    };
  });
