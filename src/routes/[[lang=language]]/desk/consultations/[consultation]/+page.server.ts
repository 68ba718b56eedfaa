import { error, fail } from '@sveltejs/kit';
import { adviceOf } from '#modules/pools/advising/queries.server.ts';
import { answerPoint } from '#modules/pools/answering/commands.server.ts';
import { parseAnswer } from '#modules/pools/answering/input.ts';
import { decide, giveWord } from '#modules/pools/consulting/commands.server.ts';
import { parseDecision } from '#modules/pools/consulting/input.ts';
import {
  assignments,
  consultations,
  meetings,
  sessionsToLink,
  takingPart,
} from '#modules/pools/consulting/queries.server.ts';
import { tellHowItStands } from '#modules/pools/following/commands.server.ts';
import { parseHowItStands } from '#modules/pools/following/input.ts';
import { askedHowItStands, openAdvice } from '#modules/pools/following/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { done, partyHere } from '../../../me/advice/[consultation]/here.server.ts';
import { speakDesk } from '../../ways.ts';
import { guiding } from './guiding.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What only who keeps the pool sees. */
const guided = async (tx: Tx, key: string) => ({
  advice: await adviceOf(tx, key),
  experts: await takingPart(tx, key),
  meetings: await meetings(tx, key),
  sessions: await sessionsToLink(tx, key),
  assignments: await assignments(tx, key),
});

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  const { party, consultation: key } = partyHere(event);
  return withViewer(party, async (tx) => {
    const [consultation] = await consultations(tx, key);
    if (!consultation || consultation.side === 'expert') error(404, 'not found');
    return {
      consultation,
      guided: consultation.side === 'keeper' ? await guided(tx, key) : null,
      open: await openAdvice(tx, { id: key }),
      asked: consultation.side === 'client' ? await askedHowItStands(tx, key) : null,
      today: today(),
      done: event.url.searchParams.has('done'),
    };
  });
};

export const actions = {
  decide: (event) =>
    done(event, async (tx, party, form, { consultation }) => {
      const decision = parseDecision(form);
      return decision.ok ? decide(tx, party, { consultation, ...decision.value }, today()) : decision;
    }),
  answer: (event) =>
    done(event, async (tx, party, form, here) => {
      const answered = parseAnswer(form, today());
      return answered.ok ? answerPoint(tx, party, here, answered.value, today()) : answered;
    }),
  stands: (event) =>
    done(event, async (tx, party, form, here) => {
      const how = parseHowItStands(form);
      return how.ok ? tellHowItStands(tx, party, here, how.value, today()) : how;
    }),
  // A word can be seen once: it is answered, not led on to another page.
  word: async (event) => {
    const { party, consultation } = partyHere(event);
    const given = await withViewer(party, (tx) => giveWord(tx, party, consultation, today()));
    if (!given.ok) return fail(409, { refused: { reason: given.reason, details: {} }, typed: {} });
    const { origin } = event.url;
    return { link: `${origin}/${event.locals.language}/desk/consultations/with/${given.value.word}` };
  },
  ...guiding,
} satisfies Actions;
