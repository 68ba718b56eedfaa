import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/learning/access.ts';
import { tellDilemma } from '#modules/learning/dilemmas/commands.server.ts';
import { parseDilemma } from '#modules/learning/dilemmas/input.ts';
import { themesIn } from '#modules/learning/input.ts';
import { typedIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions } from './$types';

export const actions = {
  default: async ({ locals, request }) => {
    const teller = tellerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const { wish, problems } = parseDilemma(form, locals.language);
    if (problems.length > 0) return fail(422, { typed: typedIn(form), themes: themesIn(form), problems });
    await withViewer(locals.viewer, (tx) => tellDilemma(tx, teller, wish));
    redirect(303, `/${locals.language}/me/learning?done=told`);
  },
} satisfies Actions;
