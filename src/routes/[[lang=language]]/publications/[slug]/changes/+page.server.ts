import { error } from '@sveltejs/kit';
import { changesBetween } from '#modules/publications/reading/changes/model.ts';
import { editionNumber } from '#modules/publications/reading/input.ts';
import { openEditions } from '#modules/publications/reading/library/queries.server.ts';
import { bookOf } from '#modules/publications/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params: { slug }, url }) =>
  withViewer(visitor, async (tx) => {
    const editions = await openEditions(tx, { slug });
    const asked = editionNumber(url.searchParams.get('edition') ?? '') ?? editions[0]?.latest;
    const at = editions.findIndex(({ number }) => number === asked);
    const edition = editions[at] ?? error(404, 'not found');
    const before = editions[at + 1] ?? null;
    const book = (number: number) => bookOf(tx, slug, number, 'web', { pictures: false });
    const [old, now] = before ? [await book(before.number), await book(edition.number)] : [null, null];
    return {
      edition,
      before: before?.number ?? null,
      editions: editions.map(({ number, releasedOn }) => ({ number, releasedOn })),
      changes: old && now ? changesBetween(old, now) : [],
    };
  });
