import { afterDeed as adviceAfter, adviceDeeds, adviceStates } from '#modules/pools/advising/model.ts';
import { afterDeed, consultationDeeds, consultationStates } from '#modules/pools/consulting/model.ts';
import { walkAlong, type WalkedRules } from '../sequences/rules.ts';

/** Walks random deeds from a consultation that was asked. */
export const walkConsultationRules = (times: number, seed: number, rule = afterDeed): Promise<WalkedRules> =>
  walkAlong(
    {
      page: 'consultation',
      states: consultationStates,
      deeds: consultationDeeds,
      rule,
      first: () => 'asked',
    },
    times,
    seed,
  );

/** Walks random deeds from an advice that is a draft. */
export const walkAdviceRules = (times: number, seed: number, rule = adviceAfter): Promise<WalkedRules> =>
  walkAlong(
    { page: 'advice', states: adviceStates, deeds: adviceDeeds, rule, first: () => 'draft' },
    times,
    seed,
  );
