import { fail, redirect } from '@sveltejs/kit';
import { codeAsTyped } from '#modules/sessions/joining/model.ts';
import { doorOf } from '#modules/sessions/joining/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

// Where a code on paper led that opens nothing now.
export const load: PageServerLoad = ({ url }) => ({
  unknown: url.searchParams.get('unknown')?.slice(0, 20) ?? null,
});

export const actions = {
  default: async ({ request, locals }) => {
    const typed = String((await request.formData()).get('code') ?? '').slice(0, 40);
    const code = codeAsTyped(typed);
    if (!code || !(await doorOf(code))) return fail(404, { typed });
    redirect(303, `/${locals.language}/join/${code}`);
  },
} satisfies Actions;
