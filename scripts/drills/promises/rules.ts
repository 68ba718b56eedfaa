import { afterDeed, promiseDeeds, promiseStates } from '#modules/agendas/model.ts';
import { walkAlong, type WalkedRules } from '../sequences/rules.ts';

/** Walks random deeds from a promise that was said; what only sources tell is walked too, and never moves. */
export const walkPromiseRules = (times: number, seed: number, rule = afterDeed): Promise<WalkedRules> =>
  walkAlong(
    {
      page: 'promise',
      states: promiseStates,
      deeds: promiseDeeds,
      rule,
      first: (sequence) => (sequence % 20 === 0 ? 'not-known' : 'said'),
      still: ['not-known'],
    },
    times,
    seed,
  );
