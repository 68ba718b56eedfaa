import { error, fail, redirect } from '@sveltejs/kit';
import { guideOf } from '#modules/learning/access.ts';
import { themesIn } from '#modules/learning/input.ts';
import { typedIn } from '#platform/form.ts';
import { beginTrajectory } from '#modules/learning/trajectories/commands.server.ts';
import { parseTrajectory } from '#modules/learning/trajectories/input.ts';
import { keptTrajectories } from '#modules/learning/trajectories/queries.server.ts';
import { provinces } from '#modules/places/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    kept: await keptTrajectories(tx),
    provinces: await provinces(tx),
  }));
};

export const actions = {
  begin: async ({ locals, request, url }) => {
    const guide = guideOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const { wish, problems } = parseTrajectory(form, locals.language);
    if (problems.length > 0) return fail(422, { typed: typedIn(form), themes: themesIn(form), problems });
    const { id, unknown } = await withViewer(locals.viewer, (tx) => beginTrajectory(tx, guide, wish));
    redirect(303, `${url.pathname}/${id}?done=saved&unknown=${encodeURIComponent(unknown.join(', '))}`);
  },
} satisfies Actions;
