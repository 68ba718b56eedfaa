import { error, fail, redirect } from '@sveltejs/kit';
import { gathererOf } from '#modules/stories/gathering/access.ts';
import { beginStory } from '#modules/stories/gathering/commands.server.ts';
import { parseStory } from '#modules/stories/gathering/input.ts';
import { ownStories } from '#modules/stories/gathering/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({ stories: await ownStories(tx, locals.viewer) }));
};

export const actions: Actions = {
  begin: async ({ locals, request, url }) => {
    const form = await request.formData();
    const { wish, problems } = parseStory(form);
    if (problems.length > 0) return fail(400, { wish, problems });
    const gatherer = gathererOf(locals.viewer) ?? error(404, 'not found');
    const story = await withViewer(locals.viewer, (tx) => beginStory(tx, gatherer, wish));
    redirect(303, `${url.pathname}/${story}?done=saved`);
  },
};
