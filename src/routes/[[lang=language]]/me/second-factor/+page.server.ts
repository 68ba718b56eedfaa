import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import { parseBack, parseFactor } from '#modules/people/signing-in/input.ts';
import { idleMinutes } from '#modules/people/signing-in/model.ts';
import {
  giveSecondFactor,
  giveUpSecondFactor,
} from '#modules/people/signing-in/second-factor/commands.server.ts';
import { giveSession, sessionCookie } from '#platform/sign-in/cookie.ts';
import * as factor from '#platform/sign-in/second-factor.server.ts';
import { sessionIn } from '#platform/sign-in/sessions.server.ts';
import type { Actions, PageServerLoad } from './$types';

async function here({ locals, cookies }: Pick<RequestEvent, 'locals' | 'cookies'>) {
  const cookie = cookies.get(sessionCookie) ?? '';
  const session = await sessionIn(cookie);
  const me = oneself(locals.viewer);
  if (me === null || session === null || session === 'unknown') error(404, 'not found');
  return { me, cookie, session };
}

export const load: PageServerLoad = async (event) => {
  const { me, cookie, session } = await here(event);
  const state = session.sure ? 'sure' : await factor.factorState(me.person);
  const offer = state === 'begun' ? await factor.factorOffer(cookie, session) : null;
  const back = parseBack(event.url.searchParams.get('back'));
  return { state, offer, back, staff: event.locals.session?.staff ?? false };
};

export const actions = {
  begin: async (event) => {
    const { cookie } = await here(event);
    const back = parseBack((await event.request.formData()).get('back'));
    await factor.beginFactor(cookie);
    redirect(303, `${event.url.pathname}${back ? `?back=${encodeURIComponent(back)}` : ''}`);
  },
  give: async (event) => {
    const { me, cookie } = await here(event);
    const form = await event.request.formData();
    const code = parseFactor(form.get('code'));
    if (code === null) return fail(400, { problem: 'factor' as const, minutes: 1, paper: [] });
    const given = await giveSecondFactor(me, cookie, code, event.locals.language);
    if (!given.ok)
      return fail(given.reason === 'wait' ? 429 : 400, {
        problem: given.reason,
        minutes: Number(given.details.minutes ?? 1),
      });
    giveSession(event.cookies, given.value.cookie, idleMinutes.others);
    if (given.value.paper.length > 0) return { paper: given.value.paper };
    redirect(303, parseBack(form.get('back')) ?? `/${event.locals.language}/me`);
  },
  paper: async (event) => {
    const { cookie, session } = await here(event);
    return { paper: await factor.newPaperCodes(cookie, session) };
  },
  away: async (event) => {
    const { me, cookie } = await here(event);
    await giveUpSecondFactor(me, cookie, event.locals.language);
    redirect(303, `/${event.locals.language}/me/second-factor`);
  },
} satisfies Actions;
