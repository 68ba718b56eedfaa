import { isKey } from '#platform/ids.ts';
import { fileNameOf } from '#modules/stories/media/model.ts';
import { voiceBytes, voiceOf } from '#modules/sessions/saying/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { answerInParts } from '#platform/http/parts.ts';
import { phoneHere } from '../../here.server.ts';
import type { RequestHandler } from './$types';

/** A voice in the room, to the phones in it and to nobody else. */
export const GET: RequestHandler = async (event) => {
  const { id } = event.params;
  const { phone, session } = await phoneHere(event);
  const label = isKey(id) ? await withViewer(phone, (tx) => voiceOf(tx, session, id)) : null;
  if (!label)
    return new Response('There is nothing here.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  const headers = new Headers({
    'content-type': label.type,
    'content-disposition': `inline; filename="${fileNameOf({ kind: 'voice', type: label.type })}"`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    etag: `"${id}-${label.size}"`,
    'cache-control': 'no-store',
  });
  // Each piece is asked for anew: what is taken back while it is heard goes no further.
  return answerInParts(event.request, label.size, headers, ({ from, length }) =>
    withViewer(phone, (tx) => voiceBytes(tx, id, from, length)),
  );
};
