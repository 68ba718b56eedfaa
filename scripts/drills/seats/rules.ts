import {
  afterSeatDeed,
  seatDeeds,
  seatStates,
  type SeatDeed,
  type SeatState,
} from '#modules/tables/model.ts';
import { ok, type Result } from '#platform/result.ts';
import { walkAlong, type WalkedRules } from '../sequences/rules.ts';

/** How a seat stands after a deed of who keeps the table, with a reason. */
const byKeeper = (state: SeatState, deed: SeatDeed): Result<SeatState> => {
  const after = afterSeatDeed(state, deed, 'keeper', 'Daarom.');
  return after.ok ? ok(after.value.state) : after;
};

/** Walks random deeds from a seat that was laid out. */
export const walkSeatRules = (times: number, seed: number, rule = byKeeper): Promise<WalkedRules> =>
  walkAlong({ page: 'seat', states: seatStates, deeds: seatDeeds, rule, first: () => 'open' }, times, seed);
