import { redirect } from '@sveltejs/kit';
import type { Actions } from './$types';

export const actions = {
  default: async ({ request, locals }) => {
    const code = String((await request.formData()).get('code') ?? '').slice(0, 20);
    redirect(303, `/${locals.language}/join/${encodeURIComponent(code)}`);
  },
} satisfies Actions;
