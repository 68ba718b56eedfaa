import type { RequestHandler } from './$types';

// An ordinary page that anyone may have open, in the country people are in.
const elsewhere = 'https://www.knmi.nl/';

/** Clears what the browser holds of this site and goes elsewhere. */
export const GET: RequestHandler = () =>
  new Response(null, {
    status: 303,
    headers: {
      location: elsewhere,
      'clear-site-data': '"cache", "cookies", "storage"',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
