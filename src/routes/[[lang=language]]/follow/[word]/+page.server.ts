import { redirect } from '@sveltejs/kit';
import { confirmFollowing, stopFollowing } from '#modules/initiatives/following/commands/answer.server.ts';
import { openedBy } from '#modules/initiatives/following/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals }) => ({
  opened: await openedBy(params.word, locals.language),
  since: /^\d{1,15}$/.exec(url.searchParams.get('since') ?? '')?.[0] ?? null,
  said: url.searchParams.has('yes'),
  stopped: url.searchParams.has('stopped'),
});

export const actions = {
  yes: async ({ params, locals }) => {
    await withViewer(house, (tx) => confirmFollowing(tx, params.word));
    redirect(303, `/${locals.language}/follow/${params.word}?yes`);
  },
  stop: async ({ params, request, locals }) => {
    const which = String((await request.formData()).get('which') ?? '');
    await withViewer(house, (tx) => stopFollowing(tx, params.word, which));
    redirect(303, `/${locals.language}/follow/${params.word}?stopped`);
  },
} satisfies Actions;
