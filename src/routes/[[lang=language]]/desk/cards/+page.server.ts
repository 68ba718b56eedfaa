import { error, redirect } from '@sveltejs/kit';
import { cardMakerOf } from '#modules/people/cards/access.ts';
import { bringIn } from '#modules/people/cards/commands.server.ts';
import { bearersBroughtBy } from '#modules/people/cards/queries.server.ts';
import { line, parseTongue } from '#modules/people/input.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const maker = cardMakerOf(locals.viewer) ?? error(404, 'not found');
  return { bearers: await withViewer(locals.viewer, (tx) => bearersBroughtBy(tx, maker.person)) };
};

export const actions = {
  default: async ({ request, locals }) => {
    const maker = cardMakerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const wish = { called: line(form, 'called', 80) || null, language: parseTongue(form) ?? locals.language };
    const person = await withViewer(locals.viewer, (tx) => bringIn(tx, maker, wish));
    redirect(303, `/${locals.language}/desk/cards/${person}`);
  },
} satisfies Actions;
