import { error, redirect } from '@sveltejs/kit';
import { facilitatorOf } from '#modules/sessions/access.ts';
import { endMethod } from '#modules/sessions/preparing/commands/methods.server.ts';
import { keyIn } from '#modules/sessions/preparing/input.ts';
import { offeredMethods, sessionsLed } from '#modules/sessions/preparing/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    sessions: await sessionsLed(tx, locals.viewer),
    methods: (await offeredMethods(tx, locals.viewer)).filter(({ isMine }) => isMine),
  }));
};

export const actions: Actions = {
  endMethod: async ({ locals, request, url }) => {
    const facilitator = facilitatorOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    await withViewer(facilitator, (tx) => endMethod(tx, facilitator, keyIn(form, 'method')));
    redirect(303, url.pathname);
  },
};
