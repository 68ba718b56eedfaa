/**
 * A picture as an answer; `private` is one that only who asks may see, and that no one on the way may keep. A picture anyone may see is
 * asked after each time it is shown, so that it is gone from everywhere once it left.
 */
export function pictured(
  found: { readonly type: string; readonly bytes: Uint8Array } | null | undefined,
  { private: own }: { readonly private: boolean },
): Response {
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
      'cache-control': own ? 'private, no-store' : 'public, max-age=0, must-revalidate',
    },
  });
}
