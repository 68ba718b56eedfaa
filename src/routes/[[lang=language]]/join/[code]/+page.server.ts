import { redirect } from '@sveltejs/kit';
import type { Actions } from './$types';

export const actions = {
  default: ({ params, locals }) => redirect(303, `/${locals.language}/room/${params.code}`),
} satisfies Actions;
