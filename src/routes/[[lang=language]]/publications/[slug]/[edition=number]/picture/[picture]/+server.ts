import { openEdition, pictureOf } from '#modules/publications/reading/library/queries.server.ts';
import { isKey } from '#modules/stories/media/input.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

/** A picture of an edition. */
export const GET: RequestHandler = async ({ params: { slug, edition: number, picture } }) => {
  const found = isKey(picture)
    ? await withViewer(visitor, async (tx) => {
        const edition = await openEdition(tx, slug, number);
        return edition && pictureOf(tx, edition.id, picture);
      })
    : null;
  if (!found)
    return new Response('There is nothing here.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'content-type': found.type,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=3600',
    },
  });
};
