import { error, redirect } from '@sveltejs/kit';
import { stopMyself } from '#modules/initiatives/following/commands/own.server.ts';
import { followedByMe } from '#modules/initiatives/following/queries.server.ts';
import { oneself } from '#modules/people/access.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => ({
  followed: await withViewer(locals.viewer, (tx) => followedByMe(tx, locals.language)),
  done: url.searchParams.has('done'),
});

export const actions = {
  stop: async ({ request, locals }) => {
    const self = oneself(locals.viewer) ?? error(404, 'not found');
    const which = String((await request.formData()).get('which') ?? '');
    await withViewer(locals.viewer, (tx) => stopMyself(tx, self, which));
    redirect(303, `/${locals.language}/me/following?done`);
  },
} satisfies Actions;
