import { error } from '@sveltejs/kit';
import { tellWhere } from '#modules/publications/writing/presence/commands.server.ts';
import { listenAt } from '#modules/publications/writing/presence/queries.server.ts';
import { keyIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import { openLine } from '#platform/http/open-line.ts';
import { articleAt } from '../here.server.ts';
import type { RequestHandler } from './$types';

/** Who is at which block of this article, and that something was done in it, as it happens (text/event-stream), for who works on it. */
export const GET: RequestHandler = async ({ locals, params, platform }) => {
  const { layer, article } = await withViewer(locals.viewer, (tx) => articleAt(tx, { locals, params }));
  if (!layer) error(404, 'nobody works on it any more');
  const begin = listenAt(layer, article.id);
  if (!begin) error(503, 'too many listen at this moment');
  return new Response(openLine(platform?.req, begin), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // A proxy that gathers answers would keep what happens to itself.
      'x-accel-buffering': 'no',
    },
  });
};

/** A page of someone says at which block they are, or that it closes; nothing of it is kept. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
  const form = await request.formData();
  const page = keyIn(form, 'page') ?? error(400, 'no page');
  await withViewer(locals.viewer, async (tx) => {
    const { layer, article } = await articleAt(tx, { locals, params });
    if (layer)
      await tellWhere(tx, layer, article.id, { page, at: keyIn(form, 'at'), gone: form.has('gone') });
  });
  return new Response(null, { status: 204 });
};
