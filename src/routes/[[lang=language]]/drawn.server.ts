/** A drawing as an answer of its own, that can do nothing wherever it is opened; or the answer that there is none. */
export function drawingAnswer(drawing: string | null, kept: boolean): Response {
  if (drawing === null)
    return new Response('There is nothing here.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  return new Response(drawing, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // A figure never changes, and once it is out its words stay.
      'cache-control': kept ? 'public, max-age=86400' : 'private, no-store',
    },
  });
}
