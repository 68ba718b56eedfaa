import { error } from '@sveltejs/kit';
import { adviceOf, quotesToLay, saidThere } from '#modules/pools/advising/queries.server.ts';
import { assignments, consultations, meetings, myPart } from '#modules/pools/consulting/queries.server.ts';
import { askedHowItStands, openAdvice } from '#modules/pools/following/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { drafting } from './drafting.server.ts';
import { partyHere } from './here.server.ts';
import { taking } from './taking.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const { party, consultation: key } = partyHere(event);
  return withViewer(party, async (tx) => {
    const [consultation] = await consultations(tx, key);
    const advice = consultation && consultation.side !== 'client' ? await adviceOf(tx, key) : null;
    if (!consultation || !advice) error(404, 'not found');
    const isDraft = advice.state === 'draft';
    return {
      consultation,
      advice,
      part: await myPart(tx, key),
      meetings: await meetings(tx, key),
      assignments: (await assignments(tx, key)).filter(({ mine }) => mine),
      said: isDraft ? await saidThere(tx, key) : [],
      quotes: isDraft ? await quotesToLay(tx) : [],
      open: await openAdvice(tx, { id: key }),
      asked: await askedHowItStands(tx, key),
      done: event.url.searchParams.has('done'),
    };
  });
};

export const actions = { ...drafting, ...taking } satisfies Actions;
