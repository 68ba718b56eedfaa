import { sayOfWhole, sign, takeBack } from '#modules/pools/advising/agreeing/commands.server.ts';
import { parseWord } from '#modules/pools/advising/input.ts';
import { judgeAnswer } from '#modules/pools/answering/commands.server.ts';
import { parseJudgement } from '#modules/pools/answering/input.ts';
import { parseCalled, parseHowWorkGoes } from '#modules/pools/consulting/input.ts';
import { callOneself, tellAssignment } from '#modules/pools/consulting/taking-part/commands.server.ts';
import { tellHowItStands } from '#modules/pools/following/commands.server.ts';
import { parseHowItStands } from '#modules/pools/following/input.ts';
import { today } from '#platform/clock.ts';
import type { RequestEvent } from './$types';
import { done } from './here.server.ts';

/** What who takes part says of themselves, of the whole, and of what became of it. */
export const taking = {
  called: (event: RequestEvent) =>
    done(event, (tx, party, form, { consultation }) =>
      callOneself(tx, party, { consultation, called: parseCalled(form) }),
    ),
  work: (event: RequestEvent) =>
    done(event, async (tx, party, form) => {
      const how = parseHowWorkGoes(form);
      return how.ok ? tellAssignment(tx, party, how.value) : how;
    }),
  whole: (event: RequestEvent) =>
    done(event, async (tx, party, form, here) => {
      const word = parseWord(form);
      return word.ok ? sayOfWhole(tx, party, here, word.value, today()) : word;
    }),
  sign: (event: RequestEvent) =>
    done(event, (tx, party, _form, { consultation }) => sign(tx, party, consultation, today())),
  judge: (event: RequestEvent) =>
    done(event, async (tx, party, form, here) => {
      const judged = parseJudgement(form);
      return judged.ok ? judgeAnswer(tx, party, here, judged.value, today()) : judged;
    }),
  stands: (event: RequestEvent) =>
    done(event, async (tx, party, form, here) => {
      const how = parseHowItStands(form);
      return how.ok ? tellHowItStands(tx, party, here, how.value, today()) : how;
    }),
  back: (event: RequestEvent) =>
    done(event, (tx, party, form, { consultation }) =>
      takeBack(tx, party, { consultation, all: form.get('all') === 'yes' }),
    ),
};
