import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { breakerOf } from '#modules/initiatives/glass/access.ts';
import { breakGlass, lookThroughGlass } from '#modules/initiatives/glass/commands.server.ts';
import { stateOf } from '#modules/initiatives/glass/model.ts';
import { glassWith } from '#modules/initiatives/glass/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const breakerHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  breakerOf(locals.viewer) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  const { person } = breakerHere({ locals });
  const glass = await withViewer(locals.viewer, (tx) => glassWith(tx, params.glass));
  if (!glass) error(404, 'not found');
  const one = glass.askedBy.id === person || glass.agreedBy?.id === person;
  return { glass, state: stateOf(glass, new Date()), asker: glass.askedBy.id === person, one };
};

export const actions = {
  agree: async (event) => {
    const breaker = breakerHere(event);
    const broken = await withViewer(event.locals.viewer, (tx) =>
      breakGlass(tx, breaker, event.params.glass ?? ''),
    );
    if (!broken.ok) return fail(400, { problem: 'people.desk.problem.glass_unknown' as const });
    redirect(303, event.url.pathname);
  },
  /** What is seen is answered once and stands at no address. */
  look: async (event) => {
    const breaker = breakerHere(event);
    const seen = await withViewer(event.locals.viewer, (tx) =>
      lookThroughGlass(tx, breaker, event.params.glass ?? ''),
    );
    return seen.ok
      ? { kept: seen.value }
      : fail(400, { problem: 'people.desk.problem.glass_unknown' as const });
  },
} satisfies Actions;
