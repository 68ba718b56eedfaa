import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/learning/access.ts';
import { themesIn } from '#modules/learning/input.ts';
import { typedIn } from '#platform/form.ts';
import { writeInsight } from '#modules/learning/insight-cards/commands.server.ts';
import { parseInsight } from '#modules/learning/insight-cards/input.ts';
import { askedQuestions } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({ questions: await askedQuestions(tx) }));

export const actions = {
  default: async ({ locals, request }) => {
    const teller = tellerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const kept = { typed: typedIn(form), themes: themesIn(form) };
    const { wish, problems } = parseInsight(form, locals.language);
    if (problems.length > 0 || !wish) return fail(422, { ...kept, problems, refused: null });
    const told = await withViewer(locals.viewer, (tx) => writeInsight(tx, teller, wish));
    if (!told.ok)
      return fail(409, { ...kept, problems: [], refused: { reason: told.reason, details: told.details } });
    redirect(303, `/${locals.language}/me/learning?done=told`);
  },
} satisfies Actions;
