import { withViewer } from '#platform/db.server.ts';
import { isUnchanged } from '#platform/http/body-cache.ts';
import { visitor } from '#platform/viewer.ts';
import { isKey, parseRange } from '#modules/stories/media/input.ts';
import {
  bytesOf,
  mediaInside,
  mediaOpen,
  type Label,
  type Shelf,
} from '#modules/stories/media/queries.server.ts';
import type { RequestHandler } from './$types';

/** What went, what was never there and what is not for you are one and the same. */
const nothing = () =>
  new Response('There is nothing here.\n', {
    status: 404,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'accept-ranges': 'none',
    },
  });

const atOnce = 262_144;
const endings = new Map([
  ['image/webp', 'webp'],
  ['image/jpeg', 'jpg'],
  ['image/avif', 'avif'],
  ['audio/webm', 'webm'],
  ['audio/mp4', 'm4a'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['audio/wav', 'wav'],
]);

/** A photo or a voice: to anyone when it is open, to its teller and to who may read the telling when it is not. */
export const GET: RequestHandler = async ({ params: { id }, locals, request }) => {
  if (!isKey(id)) return nothing();
  const open = await withViewer(visitor, (tx) => mediaOpen(tx, id));
  const shelf: Shelf = open ? 'pub' : 'core';
  const viewer = open ? visitor : locals.viewer;
  if (!open && viewer.kind !== 'person') return nothing();
  const label = open ?? (await withViewer(viewer, (tx) => mediaInside(tx, id)));
  if (!label) return nothing();
  const headers = headersOf(label, id, shelf);
  const etag = headers.get('etag') ?? '';
  if (isUnchanged(request.headers.get('if-none-match') ?? undefined, etag)) {
    headers.delete('content-type');
    return new Response(null, { status: 304, headers });
  }
  const since = request.headers.get('if-range');
  const part = since === null || since === etag ? parseRange(request.headers.get('range'), label.size) : null;
  if (part === 'unsatisfiable') {
    headers.set('content-range', `bytes */${label.size}`);
    return new Response(null, { status: 416, headers });
  }
  let { from, length } = part ?? { from: 0, length: label.size };
  headers.set('content-length', String(length));
  if (part) headers.set('content-range', `bytes ${from}-${from + length - 1}/${label.size}`);
  // Each piece is asked for anew: what is taken back while it is heard goes no further.
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      const take = Math.min(length, atOnce);
      const bytes = take > 0 ? await withViewer(viewer, (tx) => bytesOf(tx, shelf, id, from, take)) : null;
      if (bytes === null)
        return take > 0 ? stream.error(new Error('It went while it was read.')) : stream.close();
      from += take;
      length -= take;
      stream.enqueue(bytes);
      if (length === 0) stream.close();
    },
  });
  return new Response(body, { status: part ? 206 : 200, headers });
};

function headersOf({ kind, type, size }: Label, id: string, shelf: Shelf): Headers {
  return new Headers({
    'content-type': type,
    'content-disposition': `inline; filename="${kind}.${endings.get(type)}"`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, noimageindex',
    'accept-ranges': 'bytes',
    etag: `"${id}-${size}"`,
    // Kept by who saw it, and asked after each minute: what was taken back is gone from there as well.
    'cache-control': shelf === 'pub' ? 'private, max-age=60, must-revalidate' : 'no-store',
  });
}
