import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/learning/access.ts';
import { tellPosition } from '#modules/learning/dilemmas/commands.server.ts';
import { parsePosition } from '#modules/learning/dilemmas/input.ts';
import { typedIn } from '#platform/form.ts';
import { openDilemma } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
  withViewer(locals.viewer, async (tx) => {
    const dilemma = (await openDilemma(tx, params.slug)) ?? error(404, 'not found');
    return { dilemma };
  });

export const actions = {
  default: async ({ locals, params, request }) => {
    const teller = tellerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const { wish, problems } = parsePosition(form, locals.language);
    if (problems.length > 0) return fail(422, { typed: typedIn(form), problems });
    const told = await withViewer(locals.viewer, (tx) => tellPosition(tx, teller, params.slug, wish));
    if (!told.ok) error(404, 'not found');
    redirect(303, `/${locals.language}/me/learning?done=told`);
  },
} satisfies Actions;
