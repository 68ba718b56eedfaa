import { error } from '@sveltejs/kit';
import { roomSeen } from '#modules/sessions/room/queries.server.ts';
import { saidUnder } from '#modules/sessions/saying/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { phoneHere } from '../../here.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const here = await phoneHere(event);
  const { number } = event.params;
  if (!/^\d{1,4}$/.test(number)) error(404, 'not found');
  const asked = { ...here, language: event.locals.language, who: event.url.searchParams.get('who') };
  const seen = await withViewer(here.phone, async (tx) => {
    const room = await roomSeen(tx, here.phone, asked);
    const under = room?.who && (await saidUnder(tx, here.session, Number(number)));
    if (!room?.who || !under) return null;
    const { mine, ...said } = under;
    const open = room.state === 'live' || room.state === 'paused';
    return { said, mine, who: room.who, reads: room.reads, open };
  });
  // What was held, withdrawn or never there is one and the same for who did not say it.
  if (!seen) error(404, 'not found');
  return { ...seen, room: `/${event.locals.language}/room/${here.code}` };
};
