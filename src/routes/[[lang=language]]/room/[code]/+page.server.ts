import { redirect } from '@sveltejs/kit';
import { roomSeen } from '#modules/sessions/room/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { comingActions } from './coming.server.ts';
import { groupingActions, groupingSeen } from './grouping.server.ts';
import { phoneHere } from './here.server.ts';
import { minutesActions, minutesSeen } from './minutes.server.ts';
import { picturingSeen } from './picturing.server.ts';
import { promisingActions, promisingSeen } from './promising.server.ts';
import { sayingActions, sayingSeen } from './saying.server.ts';
import { countsSeen, votingActions, votingSeen } from './voting.server.ts';

// What who waits at the door sees of what is said inside.
const nothingYet = { said: null, grouped: null, promised: null, minutes: null, picture: null, counts: null };

export const load: PageServerLoad = async (event) => {
  const here = await phoneHere(event);
  const who = event.url.searchParams.get('who');
  const seen = await withViewer(here.phone, async (tx) => {
    const room = await roomSeen(tx, here.phone, { ...here, language: event.locals.language, who });
    if (!room) return null;
    if (!room.who) return { room, ...nothingYet };
    const said = await sayingSeen(tx, here, room);
    const grouped = await groupingSeen(tx, here, room);
    const promised = await promisingSeen(tx, here, room);
    const minutes = await minutesSeen(tx, here, room);
    const picture = await picturingSeen(tx, here, room);
    const counts = await countsSeen(tx, here, room);
    return { room, said, grouped, promised, minutes, picture, counts };
  });
  // A phone on which nobody came in yet, or of a room that forgot it.
  if (!seen || seen.room.onPhone.length === 0) redirect(303, `/${event.locals.language}/join/${here.code}`);
  const { searchParams } = event.url;
  const ballot = await votingSeen(here, seen.room);
  return { ...seen, ballot, done: searchParams.get('done'), me: searchParams.has('me') };
};

export const actions = {
  ...comingActions,
  ...sayingActions,
  ...groupingActions,
  ...votingActions,
  ...promisingActions,
  ...minutesActions,
} satisfies Actions;
