import { createHash } from 'node:crypto';
import { isUnchanged } from './body-cache.ts';

/**
 * Lets whoever polls an address hear that nothing changed (RFC 9110, section 13): gives the answer a tag of its text and its
 * last moment, and answers 304 without a body to who has it already. A tag counts before a moment.
 */
export async function unlessUnchanged(request: Request, answer: Response, updated: Date): Promise<Response> {
  const body = await answer.clone().text();
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  answer.headers.set('etag', etag);
  answer.headers.set('last-modified', updated.toUTCString());
  const tag = request.headers.get('if-none-match');
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  const same = tag === null ? since >= Math.floor(updated.getTime() / 1000) * 1000 : isUnchanged(tag, etag);
  if (!same) return answer;
  const headers = new Headers(answer.headers);
  headers.delete('content-type');
  return new Response(null, { status: 304, headers });
}
