import { error } from '@sveltejs/kit';
import { poolKeeperOf, type PoolKeeper } from '#modules/pools/access.ts';
import { layBefore, redraft } from '#modules/pools/advising/agreeing/commands.server.ts';
import { parseDays } from '#modules/pools/advising/input.ts';
import { parseAssignment } from '#modules/pools/consulting/input.ts';
import {
  giveAssignment,
  letTakePart,
  linkMeeting,
} from '#modules/pools/consulting/taking-part/commands.server.ts';
import { today } from '#platform/clock.ts';
import { keyOrNothing } from '#platform/form.ts';
import { done, type Event, type Work } from '../../../me/advice/[consultation]/here.server.ts';
import type { RequestEvent } from './$types';

/** Does what only who keeps pools may ask of a consultation. */
function doneByKeeper(event: Event, work: Work<PoolKeeper>) {
  const keeper = poolKeeperOf(event.locals.viewer) ?? error(404, 'not found');
  return done(event, (tx, _party, form, here) => work(tx, keeper, form, here));
}

/** What who keeps the pool does with a consultation. */
export const guiding = {
  expert: (event: RequestEvent) =>
    doneByKeeper(event, (tx, keeper, form, { consultation }) =>
      letTakePart(tx, keeper, { consultation, expert: keyOrNothing(form, 'expert') }, today()),
    ),
  meeting: (event: RequestEvent) =>
    doneByKeeper(event, (tx, keeper, form, { consultation }) =>
      linkMeeting(tx, keeper, { consultation, session: keyOrNothing(form, 'session') }),
    ),
  work: (event: RequestEvent) =>
    doneByKeeper(event, async (tx, keeper, form, { consultation }) => {
      const work = parseAssignment(form, today());
      return work.ok ? giveAssignment(tx, keeper, consultation, work.value, today()) : work;
    }),
  lay: (event: RequestEvent) =>
    doneByKeeper(event, async (tx, keeper, form, { consultation }) => {
      const days = parseDays(form);
      return days.ok ? layBefore(tx, keeper, { consultation, days: days.value }, today()) : days;
    }),
  redraft: (event: RequestEvent) =>
    doneByKeeper(event, (tx, keeper, _form, { consultation }) => redraft(tx, keeper, consultation)),
};
