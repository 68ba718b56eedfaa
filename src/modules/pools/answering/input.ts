import { isDay, type Day } from '#platform/clock.ts';
import { keyOrNothing, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { wordsWithin } from '../consulting/input.ts';
import {
  answersToPoint,
  canDecideUntil,
  judgements,
  limits,
  type AnswerToPoint,
  type Judgement,
} from './model.ts';

export interface Answered {
  readonly point: string;
  readonly said: AnswerToPoint;
  readonly text: string;
  readonly untilDay: Day | null;
}

/** An answer to a point: what was done, or why not, or until when it is still decided. */
export function parseAnswer(form: FormData, today: Day): Result<Answered, MessageKey> {
  const said = answersToPoint.find((each) => each === form.get('said'));
  if (!said) return refused('consulting.refused.answer', { field: 'said' });
  const text = wordsWithin(form, 'text', limits.answer);
  if (!text.ok) return text;
  const until = wordsIn(form, 'until');
  if (said === 'deciding' && !(isDay(until) && canDecideUntil(until, today)))
    return refused('consulting.refused.until', { field: 'until' });
  return ok({
    point: keyOrNothing(form, 'point'),
    said,
    text: text.value,
    untilDay: said === 'deciding' ? until : null,
  });
}

export interface Judged {
  readonly said: Judgement;
  readonly text: string | null;
}

/** Whether an expert finds it was an answer; words are welcome, not needed. */
export function parseJudgement(form: FormData): Result<Judged, MessageKey> {
  const said = judgements.find((each) => each === form.get('said'));
  if (!said) return refused('consulting.refused.said', { field: 'said' });
  const text = wordsIn(form, 'text', true);
  if (text.length > limits.words)
    return refused('consulting.refused.words-long', { field: 'text', most: limits.words });
  return ok({ said, text: text || null });
}
