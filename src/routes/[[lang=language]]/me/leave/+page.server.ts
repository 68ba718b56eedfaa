import { error, redirect } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import { leaveHouse } from '#modules/people/commands/leave.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { sessionCookie, takeCookie } from '#platform/sign-in/cookie.ts';
import { endSessions } from '#platform/sign-in/sessions.server.ts';
import type { Actions } from './$types';

export const actions = {
  default: async ({ request, locals, cookies }) => {
    const me = oneself(locals.viewer) ?? error(404, 'not found');
    if ((await request.formData()).get('sure') !== 'yes') redirect(303, `/${locals.language}/me/leave`);
    await withViewer(locals.viewer, (tx) => leaveHouse(tx, me));
    await endSessions(me.person);
    takeCookie(cookies, sessionCookie);
    redirect(303, `/${locals.language}/about`);
  },
} satisfies Actions;
