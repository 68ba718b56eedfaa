import { error, fail, redirect } from '@sveltejs/kit';
import { usedOf } from '#modules/publications/telling-back/access.ts';
import { leave } from '#modules/publications/telling-back/commands.server.ts';
import { usesOfMine, whatWentOut, wordsIGave } from '#modules/publications/telling-back/queries.server.ts';
import { keyOrNothing } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
  withViewer(locals.viewer, async (tx) => ({
    made: await usesOfMine(tx),
    out: await whatWentOut(tx),
    gave: await wordsIGave(tx),
    left: url.searchParams.has('left'),
  }));

export const actions = {
  back: async ({ locals, request, url }) => {
    const used = usedOf(locals.viewer) ?? error(404, 'not found');
    const voice = keyOrNothing(await request.formData(), 'voice');
    const left = await withViewer(locals.viewer, (tx) => leave(tx, used, voice, locals.language));
    if (!left.ok) return fail(409, { problem: left.reason });
    redirect(303, `${url.pathname}?left`);
  },
} satisfies Actions;
