import { fail, redirect } from '@sveltejs/kit';
import { signInByCard } from '#modules/people/cards/commands.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.session) redirect(303, `/${locals.language}/me`);
};

export const actions = {
  // A camera that looks ahead opens the page and presses no button.
  default: async ({ params, locals, cookies }) => {
    const came = await signInByCard({ cookies }, params.word);
    if (!came.ok)
      return fail(came.reason === 'wait' ? 429 : 400, {
        problem: came.reason,
        minutes: Number(came.details.minutes ?? 1),
      });
    redirect(303, `/${locals.language}/me`);
  },
} satisfies Actions;
