import { error } from '@sveltejs/kit';
import { useOfMine, usesOfMineIn } from '#modules/publications/telling-back/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { shownTo } from '../../../used/shown.server.ts';
import { answer, doneIn, look } from '../../../used/using.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const pageOf =
  ({ locals }: Pick<RequestEvent, 'locals'>) =>
  (piece: string) =>
    `/${locals.language}/me/used/${piece}`;

export const load: PageServerLoad = (event) =>
  withViewer(event.locals.viewer, async (tx) => {
    const use = (await useOfMine(tx, event.params.piece)) ?? error(404, 'not found');
    const all = await usesOfMineIn(tx, use.publication.id);
    return {
      shown: await shownTo(tx, use, all, pageOf(event)),
      at: pageOf(event)(use.piece),
      done: doneIn(event.url),
    };
  });

const here = (event: RequestEvent) => ({
  viewer: event.locals.viewer,
  locals: event.locals,
  request: event.request,
  to: pageOf(event),
  gone: `/${event.locals.language}/me/used?left`,
});

export const actions = {
  look: (event) => look(here(event)),
  answer: (event) => answer(here(event)),
} satisfies Actions;
