import { parseCards } from '#modules/sessions/steering/paper/input.ts';
import { led } from '../led.server.ts';
import type { PageServerLoad } from './$types';

// In every language: they are for whoever comes, not for who works here.
export const load: PageServerLoad = (event) =>
  led(event, () => Promise.resolve({ wish: parseCards(event.url.searchParams), query: event.url.search }));
