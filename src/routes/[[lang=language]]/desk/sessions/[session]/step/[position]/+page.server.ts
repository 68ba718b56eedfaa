import { error, fail, redirect } from '@sveltejs/kit';
import { changeStep } from '#modules/sessions/preparing/commands/steps.server.ts';
import { parseStep, positionIn } from '#modules/sessions/preparing/input.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../../../ways.ts';
import { facilitatorHere, led, refuse } from '../../led.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, (_tx, { steps }) => {
    const position = positionIn(event.params.position);
    return Promise.resolve({
      step: steps.find((step) => step.position === position) ?? error(404, 'not found'),
    });
  });
};

export const actions: Actions = {
  default: async (event) => {
    const facilitator = facilitatorHere(event);
    const { session, position } = event.params;
    const form = await event.request.formData();
    const { language } = (await led(event, () => Promise.resolve({}))).session;
    const { wish, problems } = parseStep(form, language);
    if (problems.length > 0) return fail(400, { wish, problems });
    const at = positionIn(position) ?? 0;
    const done = await withViewer(facilitator, (tx) => changeStep(tx, facilitator, session, at, wish));
    if (!done.ok) return refuse(done.reason);
    redirect(303, `/${event.locals.language}/desk/sessions/${session}?done=saved#steps`);
  },
};
