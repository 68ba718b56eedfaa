import { voiceBytes, voiceOf } from '#modules/sessions/saying/queries.server.ts';
import { fileNameOf } from '#modules/stories/media/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { answerInParts } from '#platform/http/parts.ts';
import { isKey } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';

/** The voice of a statement for who may hear it; what went, what was never there and what is not for them are one and the same. */
export async function voiceAnswer(
  request: Request,
  viewer: Viewer,
  session: string,
  id: string,
): Promise<Response> {
  const label =
    isKey(id) && isKey(session) ? await withViewer(viewer, (tx) => voiceOf(tx, session, id)) : null;
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
  return answerInParts(request, label.size, headers, ({ from, length }) =>
    withViewer(viewer, (tx) => voiceBytes(tx, id, from, length)),
  );
}
