import { fail, redirect } from '@sveltejs/kit';
import { idleMinutes } from '#modules/people/signing-in/model.ts';
import { signIn } from '#modules/people/signing-in/commands.server.ts';
import { askedCookie, giveSession, takeCookie } from '#platform/sign-in/cookie.ts';
import type { Actions } from './$types';

export const actions = {
  // Programs that read mail before its reader does follow links, but press no buttons.
  default: async ({ params, locals, cookies }) => {
    const opened = await signIn({ link: params.word }, locals.language);
    if (!opened.ok) return fail(400, { problem: opened.reason, minutes: 1 });
    takeCookie(cookies, askedCookie);
    giveSession(cookies, opened.value.cookie, idleMinutes.others);
    redirect(303, `/${locals.language}/me${opened.value.needsSecondFactor ? '/second-factor' : ''}`);
  },
} satisfies Actions;
