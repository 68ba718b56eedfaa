import { error } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import {
  answerInvitation,
  changeMyLine,
  leavePool,
  restOrComeBack,
  sayGiven,
  sayReceived,
} from '#modules/pools/joining/commands.server.ts';
import { parseExpert, parseTold } from '#modules/pools/joining/input.ts';
import { myLines } from '#modules/pools/joining/queries.server.ts';
import { parseGiven } from '#modules/pools/keeping/input.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { done, oneOf, shown, which } from './done.server.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
  const self = oneself(locals.viewer) ?? error(404, 'not found');
  const lines = await withViewer(locals.viewer, (tx) => myLines(tx, self, today()));
  return { lines, changing: url.searchParams.get('change'), done: shown(url) };
};

export const actions = {
  answer: (event) =>
    done(event, (tx, self, form) =>
      answerInvitation(tx, self, {
        invitation: which(form, 'invitation'),
        answer: oneOf(form, 'answer', ['yes', 'no', 'later']),
        on: today(),
      }),
    ),
  given: (event) =>
    done(event, (tx, self, form) => {
      const { invitation, minutes } = parseGiven(form);
      const given = String(form.get('hours') ?? '').slice(0, 20);
      return minutes === null
        ? { typed: { invitation, given } }
        : sayGiven(tx, self, { invitation, minutes, on: today() });
    }),
  received: (event) =>
    done(event, (tx, self, form) =>
      sayReceived(tx, self, {
        invitation: which(form, 'invitation'),
        received: oneOf(form, 'received', ['yes', 'in-part', 'not']),
        on: today(),
      }),
    ),
  rest: (event) =>
    done(event, (tx, self, form) =>
      restOrComeBack(tx, self, { expert: which(form, 'expert'), deed: 'rest' }),
    ),
  return: (event) =>
    done(event, (tx, self, form) =>
      restOrComeBack(tx, self, { expert: which(form, 'expert'), deed: 'come-back' }),
    ),
  change: (event) =>
    done(event, (tx, self, form) => {
      const expert = which(form, 'expert');
      const { typed, words, problems } = parseExpert(form);
      return words
        ? changeMyLine(tx, self, { expert, words, told: parseTold(form) })
        : { typed: { expert, words: typed, problems } };
    }),
  leave: (event) =>
    done(
      event,
      (tx, self, form) =>
        leavePool(tx, self, { expert: which(form, 'expert'), withAll: form.get('with') === 'all' }),
      'gone',
    ),
} satisfies Actions;
