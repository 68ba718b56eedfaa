import { pictureBytes } from '#modules/publications/pictures/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { workHere } from '../../../../../together/[publication]/here.server.ts';
import type { RequestHandler } from './$types';

/** A picture of a publication, for who works on it. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const found = await withViewer(locals.viewer, async (tx) => {
    const { work } = await workHere(tx, { locals, params });
    return isKey(params.picture) ? pictureBytes(tx, work.id, params.picture) : null;
  });
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
      'cache-control': 'private, no-store',
    },
  });
};
