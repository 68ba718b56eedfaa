import { error } from '@sveltejs/kit';
import { usesOfMineIn } from '#modules/publications/telling-back/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { shownTo } from '../shown.server.ts';
import { answer, doneIn, look } from '../using.server.ts';
import { openedBy } from './opened.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const addressOf = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) =>
  `/${locals.language}/used/${params.word}`;
const pieceOf = (event: Pick<RequestEvent, 'locals' | 'params'>) => (piece: string) =>
  `${addressOf(event)}?piece=${piece}`;

export const load: PageServerLoad = async (event) => {
  const opened = await openedBy(event.params.word);
  return withViewer(opened.viewer, async (tx) => {
    const all = await usesOfMineIn(tx, opened.publication);
    const wished = event.url.searchParams.get('piece') ?? opened.piece;
    const use = all.find(({ piece }) => piece === wished) ?? all[0] ?? error(404, 'not found');
    return {
      shown: await shownTo(tx, use, all, pieceOf(event)),
      at: addressOf(event),
      done: doneIn(event.url),
    };
  });
};

const here = async (event: RequestEvent) => {
  const { viewer, publication } = await openedBy(event.params.word);
  // A word opens what is used in its own publication, whatever else of theirs is used.
  const form = await event.request.clone().formData();
  const all = await withViewer(viewer, (tx) => usesOfMineIn(tx, publication));
  if (!all.some(({ piece }) => piece === form.get('piece'))) error(404, 'not found');
  const gone = `/${event.locals.language}/used?left`;
  return { viewer, locals: event.locals, request: event.request, to: pieceOf(event), gone };
};

// A link that is only opened does nothing: what scans mails has seen and answered for nobody.
export const actions = {
  look: async (event) => look(await here(event)),
  answer: async (event) => answer(await here(event)),
} satisfies Actions;
