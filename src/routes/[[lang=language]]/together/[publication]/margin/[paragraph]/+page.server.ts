import { error, fail, redirect } from '@sveltejs/kit';
import { putInMargin, takeWordsAway } from '#modules/publications/margin/commands.server.ts';
import { parseGiven, parseStance } from '#modules/publications/margin/input.ts';
import { withMargin } from '#modules/publications/margin/queries.server.ts';
import { keyOrNothing, typedIn } from '#platform/form.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { workHere } from '../../here.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const atBlock = (tx: Tx, event: Pick<RequestEvent, 'locals' | 'params'>) =>
  isKey(event.params.paragraph) ? workHere(tx, event) : error(404, 'not found');

export const load: PageServerLoad = (event) =>
  withViewer(event.locals.viewer, async (tx) => {
    const { work, layer } = await atBlock(tx, event);
    const block = (await withMargin(tx, work.id, event.params.paragraph)) ?? error(404, 'not found');
    return {
      publication: work.slug,
      printed: work.printed,
      puts: layer !== null,
      block,
      done: event.url.searchParams.has('done'),
    };
  });

export const actions = {
  put: async (event) => {
    const form = await event.request.formData();
    const given = parseGiven(form);
    if (!given.ok) return fail(422, { problem: given.reason, typed: typedIn(form) });
    const put = await withViewer(event.locals.viewer, async (tx) => {
      const layer = (await atBlock(tx, event)).layer ?? error(404, 'not found');
      const beside = { ...given.value, stance: parseStance(form), paragraph: event.params.paragraph };
      return putInMargin(tx, layer, beside, event.locals.language);
    });
    if (!put.ok) error(404, 'not found');
    redirect(303, `${event.url.pathname}?done`);
  },
  away: async (event) => {
    const word = keyOrNothing(await event.request.formData(), 'word');
    const taken = await withViewer(event.locals.viewer, async (tx) => {
      const { member } = await atBlock(tx, event);
      return takeWordsAway(tx, member, word, event.locals.language);
    });
    if (!taken.ok) error(404, 'not found');
    redirect(303, `${event.url.pathname}?done`);
  },
} satisfies Actions;
