import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Speech } from '#platform/i18n/speech.ts';

/** A reason as a sentence; one that nobody wrote a sentence for is told as something to fill in. */
export function problemText(say: Speech, reason: string): string {
  const key = `turns.problem.${reason}`;
  return say.has(key) ? say(key) : say('turns.problem.missing' satisfies MessageKey);
}
