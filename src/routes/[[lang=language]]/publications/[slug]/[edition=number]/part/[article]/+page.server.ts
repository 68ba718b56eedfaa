import { error } from '@sveltejs/kit';
import { articleAsWork } from '#modules/publications/citing/model.ts';
import { pageNumber } from '#modules/publications/reading/input.ts';
import { openEdition } from '#modules/publications/reading/library/queries.server.ts';
import { pagesOf } from '#modules/publications/reading/model.ts';
import { bookOf } from '#modules/publications/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) =>
  withViewer(visitor, async (tx) => {
    const { slug, edition: number, article: word } = params;
    const edition = (await openEdition(tx, slug, number)) ?? error(404, 'not found');
    const book = await bookOf(tx, slug, number, 'web', { article: word, pictures: false });
    const at = edition.articles.findIndex((one) => one.slug === word);
    const listed = edition.articles[at] ?? error(404, 'not found');
    const pages = pagesOf(book?.articles[0] ?? error(404, 'not found'));
    const page = pageNumber(url.searchParams);
    return {
      edition,
      article: pages[page - 1] ?? error(404, 'not found'),
      page,
      pages: pages.length,
      before: edition.articles[at - 1] ?? null,
      after: edition.articles[at + 1] ?? null,
      itself: articleAsWork(url.origin, edition, listed),
    };
  });
