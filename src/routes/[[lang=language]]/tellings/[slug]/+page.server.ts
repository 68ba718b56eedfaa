import { error, fail, redirect } from '@sveltejs/kit';
import { readerOf } from '#modules/stories/reading/access.ts';
import { keepReading, noteLook, removeReading } from '#modules/stories/reading/commands.server.ts';
import { parseReading } from '#modules/stories/reading/input.ts';
import { ownReadings, standsWith, tellingsFor, voicesOf } from '#modules/stories/reading/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

/** The telling with this word in its address as this viewer may read it; what they may not read is as if it were not there. */
async function tellingHere(tx: Tx, viewer: Viewer, slug: string, language: string) {
  const ids = /^[a-z0-9]{10}$/.test(slug) ? await tellingsFor(tx, viewer, { slug }) : [];
  const [voice] = await voicesOf(tx, viewer, ids, language);
  return voice ?? error(404, 'not found');
}

export const load: PageServerLoad = ({ params, url, locals, setHeaders }) => {
  const { viewer, language } = locals;
  const asked = url.searchParams.get('language') ?? language;
  return withViewer(viewer, async (tx) => {
    const voice = await tellingHere(tx, viewer, params.slug, asked);
    if (!voice.findable) setHeaders({ 'x-robots-tag': 'noindex' });
    const reader = readerOf(viewer, voice);
    if (reader && voice.readAs !== 'public') await noteLook(tx, reader, voice.readAs);
    return {
      voice,
      beside: await standsWith(tx, voice.id),
      readings: reader ? await ownReadings(tx, viewer, voice.id) : null,
    };
  });
};

const typed = (form: FormData) => ({
  words: String(form.get('words') ?? ''),
  prompt: String(form.get('prompt') ?? ''),
});

export const actions: Actions = {
  answer: async ({ params, locals, request, url }) => {
    const form = await request.formData();
    const given = parseReading(form);
    if (!given.ok)
      return fail(400, { typed: typed(form), problem: `stories.problem.${given.reason}` as const });
    await withViewer(locals.viewer, async (tx) => {
      const voice = await tellingHere(tx, locals.viewer, params.slug, locals.language);
      const reader = readerOf(locals.viewer, voice) ?? error(404, 'not found');
      await keepReading(tx, reader, given.value, locals.language);
    });
    redirect(303, `${url.pathname}#readings`);
  },
  remove: async ({ params, locals, request, url }) => {
    const form = await request.formData();
    await withViewer(locals.viewer, async (tx) => {
      const voice = await tellingHere(tx, locals.viewer, params.slug, locals.language);
      const reader = readerOf(locals.viewer, voice) ?? error(404, 'not found');
      await removeReading(tx, reader, String(form.get('reading') ?? ''));
    });
    redirect(303, `${url.pathname}#readings`);
  },
};
