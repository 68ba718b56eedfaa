import { keyIn, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { lyingLimits } from './model.ts';

/** Two keys that a form names, such as the word and the seat that signs. */
export function parsePair(
  form: FormData,
  one: string,
  other: string,
): Result<readonly [string, string], MessageKey> {
  const [first, second] = [keyIn(form, one), keyIn(form, other)];
  return first !== null && second !== null ? ok([first, second]) : refused('chairs.refused.not_there');
}

/** Which word is let go and why. */
export function parseLetGo(form: FormData): Result<{ lies: string; why: string }, MessageKey> {
  const lies = keyIn(form, 'lies');
  const why = wordsIn(form, 'why', true);
  if (lies === null) return refused('chairs.refused.not_there');
  if (why.length < 3) return refused('chairs.desk.refused.why');
  return why.length > lyingLimits.why ? refused('chairs.desk.refused.why-long') : ok({ lies, why });
}
