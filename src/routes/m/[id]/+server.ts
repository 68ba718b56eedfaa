import { isKey } from '#modules/stories/media/input.ts';
import { fileNameOf } from '#modules/stories/media/model.ts';
import { bytesOf, mediaInside, mediaOpen } from '#modules/stories/media/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { answerInParts } from '#platform/http/parts.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

/** What went, what was never there and what is not for you are one and the same. */
const nothing = () =>
  new Response('There is nothing here.\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

/** A photo or a voice: to anyone when it is open, to its teller and to who may read the telling when it is not. */
export const GET: RequestHandler = async ({ params: { id }, locals, request }) => {
  if (!isKey(id)) return nothing();
  const open = await withViewer(visitor, (tx) => mediaOpen(tx, id));
  const viewer = open ? visitor : locals.viewer;
  if (!open && viewer.kind !== 'person') return nothing();
  const label = open ?? (await withViewer(viewer, (tx) => mediaInside(tx, id)));
  if (!label) return nothing();
  const headers = new Headers({
    'content-type': label.type,
    'content-disposition': `inline; filename="${fileNameOf(label)}"`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, noimageindex',
    etag: `"${id}-${label.size}"`,
    // Kept by who saw it, and asked after each minute: what was taken back is gone from there as well.
    'cache-control': open ? 'private, max-age=60, must-revalidate' : 'no-store',
  });
  // Each piece is asked for anew: what is taken back while it is heard goes no further.
  return answerInParts(request, label.size, headers, ({ from, length }) =>
    withViewer(viewer, (tx) => bytesOf(tx, open ? 'pub' : 'core', id, from, length)),
  );
};
