import { askColleague, partFromColleague } from '#modules/sessions/preparing/commands/colleagues.server.ts';
import { keepMethod } from '#modules/sessions/preparing/commands/methods.server.ts';
import { addStep, dropStep, moveStep } from '#modules/sessions/preparing/commands/steps.server.ts';
import { keyIn, methodTitleIn, positionIn, stepKindIn } from '#modules/sessions/preparing/input.ts';
import { colleaguesFor } from '#modules/sessions/preparing/queries.server.ts';
import { moveOn } from '#modules/sessions/steering/commands/way.server.ts';
import { refused } from '#platform/result.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';
import { lead, led } from './led.server.ts';

const dones = ['saved', 'prepared', 'kept'] as const;

export const load: PageServerLoad = (event) => {
  const { locals, url } = event;
  speakDesk(locals.language, url);
  return led(event, async (tx, session) => ({
    colleagues: await colleaguesFor(tx, session.id),
    // Without a language: each phone is led to its own.
    joinAt: `${url.origin}/join/${session.code}`,
    done: dones.find((done) => done === url.searchParams.get('done')) ?? null,
  }));
};

const at = (form: FormData) => positionIn(form.get('position')) ?? 0;

export const actions: Actions = {
  up: (event) => lead(event, (tx, who, session, form) => moveStep(tx, who, session, at(form), 'up')),
  down: (event) => lead(event, (tx, who, session, form) => moveStep(tx, who, session, at(form), 'down')),
  drop: (event) => lead(event, (tx, who, session, form) => dropStep(tx, who, session, at(form))),
  add: (event) =>
    lead(event, async (tx, who, session, form) => {
      const kind = stepKindIn(form);
      return kind ? addStep(tx, who, session, kind) : refused('no_such_step');
    }),
  keep: (event) =>
    lead(
      event,
      async (tx, who, session, form) => {
        const title = methodTitleIn(form);
        return title ? keepMethod(tx, who, session, title) : refused('name');
      },
      `${event.url.pathname}?done=kept`,
    ),
  ask: (event) =>
    lead(event, (tx, who, session, form) => askColleague(tx, who, session, keyIn(form, 'person'))),
  part: (event) =>
    lead(
      event,
      (tx, who, session, form) => partFromColleague(tx, who, session, keyIn(form, 'person')),
      `/${event.locals.language}/desk/sessions`,
    ),
  callOff: (event) =>
    lead(event, async (tx, who, session, form) =>
      form.has('sure') ? moveOn(tx, who, session, 'call-off') : refused('sure'),
    ),
};
