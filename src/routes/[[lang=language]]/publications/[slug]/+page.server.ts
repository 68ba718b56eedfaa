import { error } from '@sveltejs/kit';
import { editionAsWork } from '#modules/publications/citing/model.ts';
import { openEditions } from '#modules/publications/reading/library/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
  const editions = await withViewer(visitor, (tx) => openEditions(tx, { slug: params.slug }));
  const newest = editions.find(({ number, latest }) => number === latest) ?? error(404, 'not found');
  return {
    newest,
    others: editions.filter((one) => one !== newest),
    itself: editionAsWork(url.origin, newest),
  };
};
