import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { scopesNamed } from '#modules/initiatives/members/queries.server.ts';
import { stewardOf } from '#modules/people/access.ts';
import { endGrant, lookAtGrant, renewGrant } from '#modules/people/commands/grants.server.ts';
import { keyIn, parseReason } from '#modules/people/input.ts';
import { asksForALook, endingWithin, quarterOf } from '#modules/people/model.ts';
import { standingGrants } from '#modules/people/queries.server.ts';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const stewardHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  stewardOf(locals.viewer) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  const steward = stewardHere({ locals });
  return withViewer(locals.viewer, async (tx) => {
    const grants = await standingGrants(tx);
    const day = today();
    const ending = grants.filter(({ until }) => until <= daysLater(day, endingWithin));
    const toLookAt = grants.filter((grant) => asksForALook(grant, day) && !ending.includes(grant));
    const rest = grants.filter((grant) => !ending.includes(grant) && !toLookAt.includes(grant));
    const named = await scopesNamed(
      tx,
      grants.map(({ scope }) => scope),
      locals.language,
    );
    return { ending, toLookAt, rest, named, quarter: quarterOf(day), me: steward.person };
  });
};

async function change(event: RequestEvent, deed: typeof endGrant | typeof renewGrant) {
  const steward = stewardHere(event);
  const form = await event.request.formData();
  const reason = parseReason(form);
  if (reason === null) return fail(400, { problem: 'people.desk.problem.reason' as const });
  const done = await withViewer(event.locals.viewer, (tx) => deed(tx, steward, keyIn(form, 'grant'), reason));
  if (!done.ok) return fail(400, { problem: `people.desk.problem.${done.reason}` as const });
  redirect(303, event.url.pathname);
}

export const actions = {
  end: (event) => change(event, endGrant),
  renew: (event) => change(event, renewGrant),
  look: async (event) => {
    const steward = stewardHere(event);
    const grant = keyIn(await event.request.formData(), 'grant');
    const looked = await withViewer(event.locals.viewer, (tx) => lookAtGrant(tx, steward, grant));
    if (!looked.ok) return fail(400, { problem: `people.desk.problem.${looked.reason}` as const });
    redirect(303, event.url.pathname);
  },
} satisfies Actions;
