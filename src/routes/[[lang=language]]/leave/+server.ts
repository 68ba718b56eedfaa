import { sessionCookie } from '#platform/sign-in/cookie.ts';
import type { RequestHandler } from './$types';

// An ordinary page that anyone may have open, in the country people are in.
const elsewhere = 'https://www.knmi.nl/';

/** Ends the session, clears what the browser holds of this site and goes elsewhere. */
export const GET: RequestHandler = async ({ locals, request }) => {
  const { session } = locals;
  // A page elsewhere that sends someone here may take them away, but not sign them out.
  if (session && request.headers.get('sec-fetch-site') !== 'cross-site') {
    const { endSession } = await import('#platform/sign-in/sessions.server.ts');
    await endSession(session.person, session.id);
  }
  const headers = new Headers({
    location: elsewhere,
    'clear-site-data': '"cache", "cookies", "storage"',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  if (session)
    headers.append('set-cookie', `${sessionCookie}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`);
  return new Response(null, { status: 303, headers });
};
