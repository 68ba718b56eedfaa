import { fail, redirect } from '@sveltejs/kit';
import { signInByCard } from '#modules/people/cards/commands.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.session) redirect(303, `/${locals.language}/me`);
};

export const actions = {
  default: async ({ request, locals, cookies }) => {
    const typed = String((await request.formData()).get('code') ?? '').slice(0, 60);
    const came = await signInByCard({ cookies }, typed);
    if (!came.ok)
      return fail(came.reason === 'wait' ? 429 : 400, {
        typed,
        problem: came.reason,
        minutes: Number(came.details.minutes ?? 1),
      });
    redirect(303, `/${locals.language}/me`);
  },
} satisfies Actions;
