import { error, fail, redirect } from '@sveltejs/kit';
import { lookerOf } from '#modules/learning/access.ts';
import { layBeside, takeAway } from '#modules/learning/dilemmas/commands.server.ts';
import { parseLink } from '#modules/learning/dilemmas/input.ts';
import { dilemmaKey, openDilemma } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { wordsIn } from '#platform/form.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    dilemma: (await openDilemma(tx, params.slug)) ?? error(404, 'not found'),
  }));
};

export const actions = {
  lay: async ({ locals, params, request, url }) => {
    const looker = lookerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const typed = { kind: wordsIn(form, 'kind'), slug: wordsIn(form, 'slug') };
    const link = parseLink(form);
    const laid = link
      ? await withViewer(locals.viewer, async (tx) => {
          const id = (await dilemmaKey(tx, params.slug)) ?? error(404, 'not found');
          return layBeside(tx, looker, id, link);
        })
      : null;
    if (!laid?.ok) return fail(422, { typed });
    redirect(303, url.pathname);
  },
  away: async ({ locals, params, request, url }) => {
    const looker = lookerOf(locals.viewer) ?? error(404, 'not found');
    const link = parseLink(await request.formData()) ?? error(404, 'not found');
    await withViewer(locals.viewer, async (tx) => {
      const id = (await dilemmaKey(tx, params.slug)) ?? error(404, 'not found');
      await takeAway(tx, looker, id, link);
    });
    redirect(303, url.pathname);
  },
} satisfies Actions;
