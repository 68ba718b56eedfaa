import { fail, redirect } from '@sveltejs/kit';
import { makeCodebook } from '#modules/stories/coding/commands/codebook.server.ts';
import { parseCodebook } from '#modules/stories/coding/input.ts';
import { codableTellings, codebooksOf } from '#modules/stories/coding/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import { researcherAt } from './here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  researcherAt(event);
  speakDesk(event.locals.language, event.url);
  return withViewer(event.locals.viewer, async (tx) => ({
    books: await codebooksOf(tx),
    tellings: (await codableTellings(tx)).length,
  }));
};

export const actions: Actions = {
  make: async (event) => {
    const who = researcherAt(event);
    const said = parseCodebook(await event.request.formData());
    if (!said.ok) return fail(400, { problem: said.reason });
    const id = await withViewer(event.locals.viewer, (tx) => makeCodebook(tx, who, said.value));
    redirect(303, `/${event.locals.language}/desk/coding/${id}`);
  },
};
