import { keyIn, positionIn } from '#modules/sessions/preparing/input.ts';
import { dealGroups, letHelp, letIn, turnAway } from '#modules/sessions/steering/commands/people.server.ts';
import { closeStep, moveOn, openStep, setTimer } from '#modules/sessions/steering/commands/way.server.ts';
import { groupSizeIn, peopleIn, timerIn, wayIn } from '#modules/sessions/steering/input.ts';
import { groupsDealt, presentIn, tallyOf } from '#modules/sessions/steering/queries.server.ts';
import { refused } from '#platform/result.ts';
import { speakDesk } from '../../../ways.ts';
import { lead, led } from '../led.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { closing } from './closing.server.ts';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, async (tx, { id }) => ({
    people: await presentIn(tx, id),
    tally: await tallyOf(tx, id),
    groups: await groupsDealt(tx, id),
  }));
};

/** Does what was pressed, and stays on this page. */
const here = (event: RequestEvent, work: Parameters<typeof lead>[1]) => lead(event, work, event.url.pathname);

export const actions: Actions = {
  moveOn: (event) =>
    here(event, async (tx, who, session, form) => {
      const deed = wayIn(form);
      return deed ? moveOn(tx, who, session, deed) : refused('not_now');
    }),
  openStep: (event) =>
    here(event, (tx, who, session, form) =>
      openStep(tx, who, session, positionIn(form.get('position')) ?? 0),
    ),
  closeStep: (event) => here(event, (tx, who, session) => closeStep(tx, who, session)),
  timer: (event) => here(event, (tx, who, session, form) => setTimer(tx, who, session, timerIn(form))),
  letIn: (event) => here(event, (tx, who, session, form) => letIn(tx, who, session, peopleIn(form))),
  turnAway: (event) => here(event, (tx, who, session, form) => turnAway(tx, who, session, peopleIn(form))),
  help: (event) =>
    here(event, (tx, who, session, form) =>
      letHelp(tx, who, session, keyIn(form, 'person'), form.get('helps') === 'yes'),
    ),
  deal: (event) => here(event, (tx, who, session, form) => dealGroups(tx, who, session, groupSizeIn(form))),
  close: (event) =>
    here(event, async (tx, who, session, form) =>
      form.has('sure') ? closing(tx, who, session, event.url.origin) : refused('sure'),
    ),
};
