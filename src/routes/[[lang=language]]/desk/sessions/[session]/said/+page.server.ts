import { saidIn, tallyOf } from '#modules/sessions/steering/queries.server.ts';
import { speakDesk } from '../../../ways.ts';
import { led } from '../led.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, async (tx, { id }) => ({
    said: await saidIn(tx, id),
    tally: await tallyOf(tx, id),
    done: event.url.searchParams.get('done') === 'saved',
  }));
};
