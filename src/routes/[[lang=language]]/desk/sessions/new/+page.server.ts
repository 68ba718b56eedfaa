import { error, fail, redirect } from '@sveltejs/kit';
import { facilitatorOf } from '#modules/sessions/access.ts';
import { prepareSession } from '#modules/sessions/preparing/commands/session.server.ts';
import { parseSession, type SessionProblem } from '#modules/sessions/preparing/input.ts';
import { offeredMethods } from '#modules/sessions/preparing/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({ methods: await offeredMethods(tx, locals.viewer) }));
};

const problemOf: Readonly<Record<'no_such_method' | 'no_such_municipality', SessionProblem>> = {
  no_such_method: { field: 'method', reason: 'sessions.desk.problem.method' },
  no_such_municipality: { field: 'municipality', reason: 'sessions.desk.problem.municipality' },
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const facilitator = facilitatorOf(locals.viewer) ?? error(404, 'not found');
    const { wish, problems } = parseSession(await request.formData());
    if (problems.length > 0) return fail(400, { wish, problems });
    const made = await withViewer(facilitator, (tx) => prepareSession(tx, facilitator, wish));
    if (!made.ok) return fail(400, { wish, problems: [problemOf[made.reason]] });
    redirect(303, `/${locals.language}/desk/sessions/${made.value}?done=prepared`);
  },
};
