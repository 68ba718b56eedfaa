import { pictureBytes } from '#modules/publications/pictures/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { workHere } from '../../../../../together/[publication]/here.server.ts';
import { pictured } from '../../../../../pictured.server.ts';
import type { RequestHandler } from './$types';

/** A picture of a publication, for who works on it. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const found = await withViewer(locals.viewer, async (tx) => {
    const { work } = await workHere(tx, { locals, params });
    return isKey(params.picture) ? pictureBytes(tx, work.id, params.picture) : null;
  });
  return pictured(found, { private: true });
};
