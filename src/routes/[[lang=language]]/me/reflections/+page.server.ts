import { error, fail, redirect } from '@sveltejs/kit';
import { reflect, throwAway } from '#modules/learning/reflecting/commands.server.ts';
import { parsePrompt, parseWords } from '#modules/learning/reflecting/input.ts';
import { myReflections } from '#modules/learning/reflecting/queries.server.ts';
import { oneself } from '#modules/people/access.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  all: await withViewer(locals.viewer, (tx) => myReflections(tx)),
  done: (['saved', 'thrown'] as const).find((each) => url.searchParams.get('done') === each) ?? null,
});

export const actions = {
  write: async ({ request, locals }) => {
    const self = oneself(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const prompt = parsePrompt(form.get('prompt')) ?? error(400, 'no such question');
    const words = parseWords(form);
    const kept = await withViewer(locals.viewer, (tx) => reflect(tx, self, prompt, locals.language, words));
    const name = `${prompt.facing}-${prompt.about}`;
    if (!kept.ok)
      return fail(422, {
        refused: `reflecting.refused.${kept.reason}` as const,
        details: kept.details,
        name,
        words,
      });
    redirect(303, `/${locals.language}/me/reflections?done=saved#${name}`);
  },
  throw: async ({ request, locals }) => {
    const self = oneself(locals.viewer) ?? error(404, 'not found');
    const which = String((await request.formData()).get('which') ?? '');
    if (isKey(which)) await withViewer(locals.viewer, (tx) => throwAway(tx, self, which));
    redirect(303, `/${locals.language}/me/reflections?done=thrown`);
  },
} satisfies Actions;
