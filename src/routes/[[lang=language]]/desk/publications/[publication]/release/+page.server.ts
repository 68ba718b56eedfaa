import { error, fail, redirect } from '@sveltejs/kit';
import { keeperOf } from '#modules/publications/access.ts';
import { makeAgain, release } from '#modules/publications/releasing/commands.server.ts';
import { parseChanged } from '#modules/publications/releasing/input.ts';
import {
  articlesGoing,
  hindrancesOf,
  releasedOf,
  voicesGoing,
} from '#modules/publications/releasing/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { keyOrNothing } from '#platform/form.ts';
import { workHere } from '../../../../together/[publication]/here.server.ts';
import { editedHere } from '../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const { work, member, layer } = await workHere(tx, { locals, params });
    return {
      work: { slug: work.slug, title: work.title, language: work.language, printed: work.printed },
      edits: keeperOf(locals.viewer, member) !== null && layer !== null,
      keeps: keeperOf(locals.viewer, member) !== null,
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
      const { work, editor } = await editedHere(tx, event);
      if (!editor) error(404, 'not found');
      if (work.printed && !form.has('printed')) return { changed, printed: true };
      const released = await release(tx, editor, changed);
      if (!released.ok) return { changed, reason: released.reason };
      return { number: (await releasedOf(tx, work.id))[0]?.number ?? 1 };
    });
    if ('changed' in out) return fail(409, out);
    redirect(303, `${url.pathname}?done=${out.number}#edition-${out.number}`);
  },
  again: async (event) => {
    const { locals, request, url } = event;
    const edition = keyOrNothing(await request.formData(), 'edition');
    await withViewer(locals.viewer, async (tx) => {
      const { keeper } = await editedHere(tx, event);
      if (!(await makeAgain(tx, keeper, edition))) error(404, 'not found');
    });
    redirect(303, `${url.pathname}?again#editions`);
  },
} satisfies Actions;
