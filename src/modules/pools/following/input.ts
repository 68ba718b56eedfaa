import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { wordsWithin } from '../consulting/input.ts';
import { howItStands, type HowItStands } from './model.ts';

/** How it stands some months later, in words. */
export function parseHowItStands(
  form: FormData,
): Result<{ readonly said: HowItStands; readonly text: string }, MessageKey> {
  const said = howItStands.find((each) => each === form.get('said'));
  if (!said) return refused('consulting.refused.said', { field: 'said' });
  const text = wordsWithin(form, 'text', 1000);
  return text.ok ? ok({ said, text: text.value }) : text;
}
