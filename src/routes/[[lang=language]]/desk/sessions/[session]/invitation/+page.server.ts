import { error } from '@sveltejs/kit';
import { led } from '../led.server.ts';
import type { PageServerLoad } from './$types';

// In every language: it is given to whoever comes, not to who works here.
export const load: PageServerLoad = (event) =>
  led(event, (_tx, { code }) => {
    if (!code) error(404, 'not found');
    const { url, locals } = event;
    return Promise.resolve({
      code,
      joinAt: `${url.origin}/${locals.language}/join/${code}`,
      typeAt: `${url.host}/${locals.language}/join`,
    });
  });
