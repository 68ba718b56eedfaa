import { error, redirect } from '@sveltejs/kit';
import { entriesWith, scopesNamed } from '#modules/initiatives/members/queries.server.ts';
import { oneself } from '#modules/people/access.ts';
import { endCard } from '#modules/people/cards/commands.server.ts';
import { cardOf } from '#modules/people/cards/queries.server.ts';
import { endGrant } from '#modules/people/commands/grants.server.ts';
import { keyIn } from '#modules/people/input.ts';
import { grantsOf } from '#modules/people/queries.server.ts';
import { doors } from '#doors';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { mayEnter } from '#platform/policy.ts';
import type { Actions, PageServerLoad } from './$types';

const meHere = (locals: App.Locals) => oneself(locals.viewer) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ locals }) => {
  const { person } = meHere(locals);
  return withViewer(locals.viewer, async (tx) => {
    const grants = await grantsOf(tx, person);
    const scopes = grants.map(({ scope }) => scope);
    const day = today();
    const own = grants.filter((grant) => grant.role === 'member' && !grant.endedOn && grant.until > day);
    return {
      standing: grants.filter(({ endedOn, until }) => endedOn === null && until > day),
      past: grants.filter(({ endedOn, until }) => endedOn !== null || until <= day),
      named: await scopesNamed(tx, scopes, locals.language),
      entries: await entriesWith(
        tx,
        own.map(({ scope }) => scope.id),
      ),
      card: await cardOf(tx, person),
      desk: mayEnter(doors, '/[[lang=language]]/desk', 'GET', locals.viewer) === 'admitted',
    };
  });
};

export const actions = {
  end: async ({ request, locals, url }) => {
    const me = meHere(locals);
    const grant = keyIn(await request.formData(), 'grant');
    await withViewer(locals.viewer, (tx) => endGrant(tx, me, grant, 'zelf teruggegeven'));
    redirect(303, url.pathname);
  },
  card: async ({ request, locals, url }) => {
    const me = meHere(locals);
    const card = keyIn(await request.formData(), 'card');
    await withViewer(locals.viewer, (tx) => endCard(tx, me, card));
    redirect(303, url.pathname);
  },
} satisfies Actions;
