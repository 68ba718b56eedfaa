import { error, redirect } from '@sveltejs/kit';
import { doors } from '#doors';
import { oneself } from '#modules/people/access.ts';
import { changeMyself } from '#modules/people/signing-in/commands.server.ts';
import { parseCalled, parseLanguage } from '#modules/people/signing-in/input.ts';
import { myself } from '#modules/people/signing-in/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { mayEnter } from '#platform/policy.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { endSession, endSessions, sessionsOf } from '#platform/sign-in/sessions.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = (locals: App.Locals) => {
  const me = oneself(locals.viewer);
  if (me === null || locals.session === null) error(404, 'not found');
  return { me, session: locals.session };
};

export const load: PageServerLoad = async ({ locals, url }) => {
  const { me, session } = here(locals);
  const [mine, sessions, mail] = await Promise.all([
    withViewer(locals.viewer, (tx) => myself(tx, me)),
    sessionsOf(me.person),
    mailOf(me.person),
  ]);
  const shown = sessions.map(({ id, began, lastUsed }) => ({ id, began, lastUsed, here: id === session.id }));
  return {
    mine,
    mail,
    sessions: shown,
    factor: { ...session, sure: locals.viewer.sure },
    atDesk: mayEnter(doors, '/[[lang=language]]/desk', 'GET', locals.viewer) === 'admitted',
    saved: url.searchParams.has('saved'),
  };
};

export const actions = {
  change: async ({ request, locals }) => {
    const { me } = here(locals);
    const form = await request.formData();
    const wish = { called: parseCalled(form.get('called')), language: parseLanguage(form.get('language')) };
    await withViewer(locals.viewer, (tx) => changeMyself(tx, me, wish));
    redirect(303, `/${locals.language}/me?saved=1`);
  },
  end: async ({ request, locals }) => {
    const { me } = here(locals);
    const id = String((await request.formData()).get('session') ?? '');
    if (/^[0-9a-f-]{36}$/.test(id)) await endSession(me.person, id);
    redirect(303, `/${locals.language}/me`);
  },
  others: async ({ locals }) => {
    const { me, session } = here(locals);
    await endSessions(me.person, session.id);
    redirect(303, `/${locals.language}/me`);
  },
} satisfies Actions;
