import { error } from '@sveltejs/kit';
import { provinces } from '#modules/places/queries.server.ts';
import { callPool, endCall, invite } from '#modules/pools/inviting/commands.server.ts';
import { parseCall } from '#modules/pools/inviting/input.ts';
import * as keeping from '#modules/pools/keeping/commands.server.ts';
import { parseGiven, parsePaid, parsePool } from '#modules/pools/keeping/input.ts';
import { otherFacilitators, poolAtDesk } from '#modules/pools/keeping/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { oneOf, which } from '../../../me/pools/done.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';
import { done, keeperHere, notTaken } from './here.server.ts';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  const { keeper, pool } = keeperHere(event);
  const reader = { language: event.locals.language, today: today() };
  return withViewer(keeper, async (tx) => ({
    pool: (await poolAtDesk(tx, keeper, pool, reader)) ?? error(404, 'not found'),
    others: await otherFacilitators(tx, keeper),
    provinces: await provinces(tx, event.locals.language),
    today: today(),
    done: event.url.searchParams.has('done'),
  }));
};

export const actions = {
  move: (event) =>
    done(event, (tx, keeper, form, pool) =>
      keeping.movePool(tx, keeper, { pool, deed: oneOf(form, 'deed', ['open', 'rest', 'end']), on: today() }),
    ),
  change: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const { typed, words, problems } = parsePool(form);
      return words
        ? keeping.changePool(tx, keeper, { pool, typed, words })
        : notTaken(problems, { pool: typed });
    }),
  asker: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const deed = oneOf(form, 'deed', ['let-in', 'turn-away']);
      return keeping.answerAsker(tx, keeper, { pool, expert: which(form, 'expert'), deed, on: today() });
    }),
  trained: (event) =>
    done(event, (tx, keeper, form, pool) =>
      keeping.sayTrained(tx, keeper, { pool, expert: which(form, 'expert'), on: today() }),
    ),
  keeper: (event) =>
    done(event, (tx, keeper, form, pool) =>
      keeping.keepWith(tx, keeper, { pool, person: which(form, 'person') }),
    ),
  call: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const { typed, words, problems } = parseCall(form, today());
      const { language } = event.locals;
      return words ? callPool(tx, keeper, { pool, words, language }) : notTaken(problems, { call: typed });
    }),
  invite: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const experts = form.getAll('expert').map(String);
      return invite(tx, keeper, { pool, call: which(form, 'call'), experts, on: today() });
    }),
  end: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const how = form.get('how') === 'called-off' ? 'called-off' : 'closed';
      return endCall(tx, keeper, { pool, call: which(form, 'call'), how });
    }),
  given: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const { invitation, minutes, problems } = parseGiven(form);
      if (minutes === null) return notTaken(problems);
      return keeping.sayGivenFor(tx, keeper, { pool, invitation, minutes, on: today() });
    }),
  paid: (event) =>
    done(event, (tx, keeper, form, pool) => {
      const { invitation, paid, problems } = parsePaid(form, today());
      return paid ? keeping.sayPaid(tx, keeper, { pool, invitation, paid }) : notTaken(problems);
    }),
} satisfies Actions;
