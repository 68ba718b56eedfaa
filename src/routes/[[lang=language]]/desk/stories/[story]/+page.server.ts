import { error, fail, redirect } from '@sveltejs/kit';
import { gathererOf } from '#modules/stories/gathering/access.ts';
import { changeStory, standStory } from '#modules/stories/gathering/commands.server.ts';
import { parseStory } from '#modules/stories/gathering/input.ts';
import { ownStory } from '#modules/stories/gathering/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['saved', 'opened', 'closed'] as const;

export const load: PageServerLoad = ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    story: (await ownStory(tx, locals.viewer, params.story)) ?? error(404, 'not found'),
    done: dones.find((done) => url.searchParams.get('done') === done) ?? null,
  }));
};

async function stand(locals: App.Locals, story: string, standing: 'open' | 'draft') {
  const gatherer = gathererOf(locals.viewer) ?? error(404, 'not found');
  const done = await withViewer(locals.viewer, (tx) => standStory(tx, gatherer, story, standing));
  if (!done.ok) error(404, 'not found');
}

export const actions: Actions = {
  save: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const { wish, problems } = parseStory(form);
    if (problems.length > 0) return fail(400, { wish, problems, unknown: [] });
    const gatherer = gathererOf(locals.viewer) ?? error(404, 'not found');
    const saved = await withViewer(locals.viewer, (tx) => changeStory(tx, gatherer, params.story, wish));
    if (!saved.ok) error(404, 'not found');
    if (saved.value.unknown.length > 0) return { wish, problems: [], unknown: saved.value.unknown };
    redirect(303, `${url.pathname}?done=saved`);
  },
  open: async ({ locals, params, url }) => {
    await stand(locals, params.story, 'open');
    redirect(303, `${url.pathname}?done=opened`);
  },
  close: async ({ locals, params, url }) => {
    await stand(locals, params.story, 'draft');
    redirect(303, `${url.pathname}?done=closed`);
  },
};
