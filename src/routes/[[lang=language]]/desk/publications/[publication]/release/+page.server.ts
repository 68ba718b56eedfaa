import { error, fail, redirect } from '@sveltejs/kit';
import { editorOf, layerOf } from '#modules/publications/access.ts';
import { workIn } from '#modules/publications/beginning/queries.server.ts';
import { makeAgain, release } from '#modules/publications/releasing/commands.server.ts';
import { parseChanged } from '#modules/publications/releasing/input.ts';
import {
  articlesGoing,
  hindrancesOf,
  releasedOf,
  voicesGoing,
} from '#modules/publications/releasing/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const heldBy = async (tx: Tx, { params }: Pick<RequestEvent, 'params'>) => {
  const work = await workIn(tx, params.publication);
  return work && { ...work, publication: work.id };
};

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const work = await heldBy(tx, { params });
    if (!work || !layerOf(locals.viewer, work)) error(404, 'not found');
    return {
      work: { slug: work.slug, title: work.title, language: work.language, printed: work.printed },
      edits: editorOf(locals.viewer, work) !== null && work.endedOn === null,
      ended: work.endedOn !== null,
      hindrances: await hindrancesOf(tx, work.id),
      articles: await articlesGoing(tx, work.id),
      voices: await voicesGoing(tx, work.id),
      editions: await releasedOf(tx, work.id),
      done: Number(url.searchParams.get('done')) || null,
      again: url.searchParams.has('again'),
    };
  });

export const actions = {
  release: async (event) => {
    const { locals, request, url } = event;
    const form = await request.formData();
    const changed = parseChanged(form);
    const out = await withViewer(locals.viewer, async (tx) => {
      const held = await heldBy(tx, event);
      const editor = editorOf(locals.viewer, held);
      if (!held || !editor || held.endedOn !== null) error(404, 'not found');
      if (held.printed && !form.has('printed')) return { changed, printed: true };
      const released = await release(tx, editor, changed);
      if (!released.ok) return { changed, reason: released.reason };
      return { number: (await releasedOf(tx, held.id))[0]?.number ?? 1 };
    });
    if ('changed' in out) return fail(409, out);
    redirect(303, `${url.pathname}?done=${out.number}#edition-${out.number}`);
  },
  again: async (event) => {
    const { locals, request, url } = event;
    const edition = (await request.formData()).get('edition');
    await withViewer(locals.viewer, async (tx) => {
      const editor = editorOf(locals.viewer, await heldBy(tx, event));
      if (!editor || typeof edition !== 'string' || !isKey(edition)) error(404, 'not found');
      if (!(await makeAgain(tx, editor, edition))) error(404, 'not found');
    });
    redirect(303, `${url.pathname}?again#editions`);
  },
} satisfies Actions;
