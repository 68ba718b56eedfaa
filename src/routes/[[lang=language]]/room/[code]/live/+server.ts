import { error } from '@sveltejs/kit';
import { roomCookie } from '#modules/sessions/joining/model.ts';
import { heardLast } from '#modules/sessions/live/model.ts';
import { listenIn } from '#modules/sessions/live/queries/hub.server.ts';
import { ledRoom, presenceOf } from '#modules/sessions/live/queries/presence.server.ts';
import { openLine } from '#platform/http/open-line.ts';
import type { RequestHandler } from './$types';

/**
 * What happens in this room, as it happens (text/event-stream), for its phones and for who leads it; `since` is the number of
 * the event the page was made after, until the browser says itself what it heard last.
 */
export const GET: RequestHandler = async ({ cookies, locals, params, platform, request, url }) => {
  const code = params.code.toUpperCase();
  const word = cookies.get(roomCookie);
  const here = word === undefined ? null : await presenceOf(code, word);
  const session = here?.session ?? (await ledRoom(locals.viewer, code));
  if (!session) error(404, 'not found');
  const since = heardLast(request.headers.get('last-event-id') ?? url.searchParams.get('since'));
  const begin = await listenIn(session, since, here?.phone.id ?? locals.viewer.id ?? '');
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
