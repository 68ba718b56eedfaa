import { speakDesk } from '../../../ways.ts';
import { facilitatorHere, led } from '../led.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { keptOf, paperHere, typeIn } from './typing.server.ts';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, async (tx, { id }) => ({ paper: await paperHere(tx, id), done: keptOf(event.url) }));
};

const takes = (deed: 'card' | 'stones' | 'written') => async (event: RequestEvent) => {
  const at = { helper: facilitatorHere(event), session: event.params.session, home: event.url.pathname };
  await led(event, () => Promise.resolve({}));
  return typeIn(at, deed, await event.request.formData());
};

export const actions: Actions = { card: takes('card'), stones: takes('stones'), written: takes('written') };
