import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { speakerOf } from '#modules/consent/access.ts';
import { say } from '#modules/consent/commands.server.ts';
import { parseSayings } from '#modules/consent/input.ts';
import { consentsOf } from '#modules/consent/queries.server.ts';
import { ledgerOf, toldAs } from '#modules/stories/ledger/queries.server.ts';
import { settleTelling } from '#modules/stories/opening/jobs.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A telling that was released: before that, there is nothing that was seen as it will appear. */
async function releasedHere(tx: Tx, { params }: Pick<RequestEvent, 'params'>) {
  const told = await toldAs(tx, params.telling ?? '');
  return told?.hash ? { ...told, hash: told.hash } : error(404, 'not found');
}

export const load: PageServerLoad = (event) =>
  withViewer(event.locals.viewer, async (tx) => {
    const { hash: _, ...told } = await releasedHere(tx, event);
    const { lastWords } = await consentsOf(tx, told.id);
    const { names, has } = await ledgerOf(tx, told.id);
    return { told, said: lastWords.map(({ seenHash: _hash, ...said }) => said), names, has };
  });

export const actions = {
  default: async (event) => {
    const speaker = speakerOf(event.locals.viewer) ?? error(404, 'not found');
    const { sayings, problems } = parseSayings(await event.request.formData(), today());
    if (problems.length > 0) return fail(400, { sayings, problems });
    await withViewer(event.locals.viewer, async (tx) => {
      const told = await releasedHere(tx, event);
      const said = { item: told.id, sayings, seenHash: told.hash, shownIn: event.locals.language };
      const spoken = await say(tx, speaker, { ...said, how: 'screen' });
      if (!spoken.ok) error(404, 'not found');
      await settleTelling(tx, told.id);
    });
    redirect(303, `/${event.locals.language}/me/tellings/${event.params.telling}`);
  },
} satisfies Actions;
