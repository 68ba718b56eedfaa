import { sessionCookie, takeCookie } from '#platform/sign-in/cookie.ts';
import { endSession } from '#platform/sign-in/sessions.server.ts';
import type { RequestHandler } from './$types';

/** Ends this session, at once, and lets the browser forget the pages that were seen in it. */
export const POST: RequestHandler = async ({ locals, cookies }) => {
  if (locals.session) await endSession(locals.session.person, locals.session.id);
  takeCookie(cookies, sessionCookie);
  return new Response(null, {
    status: 303,
    headers: { location: `/${locals.language}`, 'clear-site-data': '"cache", "storage"' },
  });
};
