import { openEdition, pictureOf } from '#modules/publications/reading/library/queries.server.ts';
import { isKey } from '#modules/stories/media/input.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { pictured } from '../../../../../pictured.server.ts';
import type { RequestHandler } from './$types';

/** A picture of an edition. */
export const GET: RequestHandler = async ({ params: { slug, edition: number, picture } }) => {
  const found = isKey(picture)
    ? await withViewer(visitor, async (tx) => {
        const edition = await openEdition(tx, slug, number);
        return edition && pictureOf(tx, edition.id, picture);
      })
    : null;
  return pictured(found, { private: false });
};
