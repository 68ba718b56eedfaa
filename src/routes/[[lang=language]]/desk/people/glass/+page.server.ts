import { error, fail, redirect } from '@sveltejs/kit';
import { breakerOf } from '#modules/initiatives/glass/access.ts';
import { askForGlass } from '#modules/initiatives/glass/commands.server.ts';
import { parseGlass } from '#modules/initiatives/glass/input.ts';
import { longestHours } from '#modules/initiatives/glass/model.ts';
import { glassAsked } from '#modules/initiatives/glass/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  if (!breakerOf(locals.viewer)) error(404, 'not found');
  return { asked: await withViewer(locals.viewer, (tx) => glassAsked(tx)), now: new Date(), longestHours };
};

export const actions = {
  default: async ({ request, locals }) => {
    const breaker = breakerOf(locals.viewer) ?? error(404, 'not found');
    const { typed, said, problems } = parseGlass(await request.formData());
    if (!said) return fail(400, { typed, problems });
    const asked = await withViewer(locals.viewer, (tx) => askForGlass(tx, breaker, said));
    if (!asked.ok)
      return fail(400, {
        typed,
        problems: [{ field: 'slug', reason: 'people.desk.problem.glass.slug' as const }],
      });
    redirect(303, `/${locals.language}/desk/people/glass/${asked.value}`);
  },
} satisfies Actions;
