import { error, redirect } from '@sveltejs/kit';
import { partyOf } from '#modules/pools/consulting/access.ts';
import { takeWord } from '#modules/pools/consulting/commands.server.ts';
import { openedBy } from '#modules/pools/consulting/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  speakDesk(locals.language, url);
  const opened = await withViewer(locals.viewer, (tx) => openedBy(tx, params.word));
  if (!opened) error(404, 'not found');
  return { title: opened.title, clientName: opened.clientName };
};

export const actions = {
  default: async ({ locals, params }) => {
    const party = partyOf(locals.viewer) ?? error(404, 'not found');
    const taken = await withViewer(party, (tx) => takeWord(tx, party, params.word));
    if (!taken.ok) error(404, 'not found');
    redirect(303, `/${locals.language}/desk/consultations/${taken.value.consultation}`);
  },
} satisfies Actions;
