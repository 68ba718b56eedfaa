import type { Day } from '#platform/clock.ts';
import { keyIn, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { parseCarrier, parseDay } from '../../agendas/making/input.ts';
import type { AskedCarrier } from '../../agendas/making/model.ts';
import { limits } from '../../agendas/model.ts';
import { askLimits, connectionWishes, type SaidAsk } from './model.ts';

/** What is wrong with a form, per question. */
export interface Problem {
  readonly field: string;
  readonly reason: MessageKey;
}

/** What an initiative asks, or everything that is wrong with the form. */
export function parseAsk(form: FormData): Result<SaidAsk, 'form'> & { readonly problems?: Problem[] } {
  const initiative = keyIn(form, 'initiative');
  const wish = connectionWishes.find((each) => each === form.get('wish'));
  const words = wordsIn(form, 'words', true);
  const reach = wordsIn(form, 'reach');
  const problems: Problem[] = [];
  if (initiative === null) problems.push({ field: 'initiative', reason: 'chairs.refused.initiative' });
  if (!wish) problems.push({ field: 'wish', reason: 'chairs.refused.wish' });
  if (words.length < 3) problems.push({ field: 'words', reason: 'chairs.refused.words' });
  if (words.length > askLimits.words) problems.push({ field: 'words', reason: 'chairs.refused.words-long' });
  if (reach.length > askLimits.reach) problems.push({ field: 'reach', reason: 'chairs.refused.reach-long' });
  if (problems.length > 0 || initiative === null || !wish) return { ...refused('form'), problems };
  return ok({ initiative, wish, words, reach: reach.length < 3 ? null : reach });
}

export interface SaidStep {
  readonly ask: string;
  readonly seat: string;
  readonly what: string;
  readonly byDay: Day;
  readonly carrier: AskedCarrier;
}

/** The step a seated party promises, or the first thing that is wrong with it. */
export function parseStep(form: FormData, today: Day): Result<SaidStep, MessageKey> {
  const ask = keyIn(form, 'ask');
  const seat = keyIn(form, 'seat');
  const what = wordsIn(form, 'what', true);
  if (ask === null) return refused('chairs.refused.not_there');
  if (seat === null) return refused('chairs.desk.refused.seat');
  if (what.length < 3) return refused('agendas.refused.what');
  if (what.length > limits.what) return refused('agendas.refused.what-long');
  const byDay = parseDay(form, today);
  if (!byDay.ok) return byDay;
  const carrier = parseCarrier(form);
  if (!carrier.ok) return carrier;
  return ok({ ask, seat, what, byDay: byDay.value, carrier: carrier.value });
}

/** Which ask is declined and why. */
export function parseDecline(form: FormData): Result<{ ask: string; why: string }, MessageKey> {
  const ask = keyIn(form, 'ask');
  const why = wordsIn(form, 'why', true);
  if (ask === null) return refused('chairs.refused.not_there');
  if (why.length < 3) return refused('chairs.desk.refused.why');
  return why.length > askLimits.answer ? refused('chairs.desk.refused.why-long') : ok({ ask, why });
}
