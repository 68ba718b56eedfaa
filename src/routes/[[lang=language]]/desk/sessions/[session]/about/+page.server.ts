import { fail, redirect } from '@sveltejs/kit';
import { changeSession } from '#modules/sessions/preparing/commands/session.server.ts';
import { parseSession } from '#modules/sessions/preparing/input.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../../ways.ts';
import { facilitatorHere, led, refuse } from '../led.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return led(event, () => Promise.resolve({}));
};

export const actions: Actions = {
  default: async (event) => {
    const facilitator = facilitatorHere(event);
    const { wish, problems } = parseSession(await event.request.formData());
    if (problems.length > 0) return fail(400, { wish, problems });
    const { session } = event.params;
    const done = await withViewer(facilitator, (tx) => changeSession(tx, facilitator, session, wish));
    if (done.ok) redirect(303, `/${event.locals.language}/desk/sessions/${session}?done=saved`);
    if (done.reason !== 'no_such_municipality') return refuse(done.reason);
    const reason = 'sessions.desk.problem.municipality' as const;
    return fail(400, { wish, problems: [{ field: 'municipality' as const, reason }] });
  },
};
