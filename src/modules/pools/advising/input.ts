import { keyOrNothing, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { wordsWithin } from '../consulting/input.ts';
import { daysToSpeak, limits, saidOfWhole, type SaidOfWhole } from './model.ts';

export interface Laid {
  readonly point: string;
  /** One of three: own words, a statement of a meeting, a quote. */
  readonly voice:
    | { readonly kind: 'own'; readonly text: string }
    | { readonly kind: 'statement' | 'quote'; readonly key: string };
}

/** A voice for a point: own words, or a statement or quote that was picked. */
export function parseVoice(form: FormData): Result<Laid, MessageKey> {
  const point = keyOrNothing(form, 'point');
  const [kind, key = ''] = String(form.get('picked') ?? '').split(' ');
  if (kind === 'statement' || kind === 'quote') return ok({ point, voice: { kind, key: key.slice(0, 36) } });
  const text = wordsWithin(form, 'text', limits.words);
  return text.ok ? ok({ point, voice: { kind: 'own', text: text.value } }) : text;
}

/** What an expert says of the whole advice; words are needed beside a yes with, and a not yet. */
export function parseWord(
  form: FormData,
): Result<{ readonly said: SaidOfWhole; readonly text: string | null }, MessageKey> {
  const said = saidOfWhole.find((each) => each === form.get('said'));
  if (!said) return refused('consulting.refused.said', { field: 'said' });
  if (said === 'yes') return ok({ said, text: null });
  const text = wordsWithin(form, 'text', limits.words);
  return text.ok ? ok({ said, text: text.value }) : text;
}

/** For how many days an advice is laid before all. */
export function parseDays(form: FormData): Result<number, MessageKey> {
  const days = Number(wordsIn(form, 'days'));
  const fits = Number.isInteger(days) && days >= daysToSpeak.least && days <= daysToSpeak.most;
  return fits ? ok(days) : refused('consulting.refused.days', { field: 'days', ...daysToSpeak });
}
