import { error, redirect } from '@sveltejs/kit';
import { speakerOf } from '#modules/consent/access.ts';
import { takeAllBack } from '#modules/consent/commands.server.ts';
import { leaveHouse } from '#modules/people/commands/leave.server.ts';
import { toldByMe } from '#modules/stories/ledger/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { sessionCookie, takeCookie } from '#platform/sign-in/cookie.ts';
import { endSessions } from '#platform/sign-in/sessions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const told = await withViewer(locals.viewer, toldByMe);
  return { told: told.filter(({ mine, stands }) => mine && stands.at !== 'taken-back').length };
};

export const actions = {
  default: async ({ request, locals, cookies }) => {
    const me = speakerOf(locals.viewer) ?? error(404, 'not found');
    if ((await request.formData()).get('sure') !== 'yes') redirect(303, `/${locals.language}/me/leave`);
    await withViewer(locals.viewer, async (tx) => {
      await takeAllBack(tx, me, locals.language);
      await leaveHouse(tx, me);
    });
    await endSessions(me.person);
    takeCookie(cookies, sessionCookie);
    redirect(303, `/${locals.language}/about`);
  },
} satisfies Actions;
