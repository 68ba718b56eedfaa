import { error, redirect } from '@sveltejs/kit';
import { throwNotesAway } from '#modules/learning/intervision/commands.server.ts';
import { myKeptNotes } from '#modules/learning/intervision/queries.server.ts';
import { oneself } from '#modules/people/access.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  notes: await withViewer(locals.viewer, (tx) => myKeptNotes(tx)),
  thrown: url.searchParams.has('thrown'),
});

export const actions = {
  throw: async ({ request, locals }) => {
    const self = oneself(locals.viewer) ?? error(404, 'not found');
    const which = String((await request.formData()).get('which') ?? '');
    if (isKey(which)) await withViewer(locals.viewer, (tx) => throwNotesAway(tx, self, which));
    redirect(303, `/${locals.language}/me/circle-notes?thrown`);
  },
} satisfies Actions;
