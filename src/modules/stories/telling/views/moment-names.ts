import type { Day } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { SaidPrecision } from '../../document/model.ts';

/** A day as precisely as it was told, in words: 'in 2016', 'around 2016'; empty when nobody said. */
export function whenIn(say: Speech, day: Day | null, precision: SaidPrecision): string {
  if (day === null || precision === 'unknown') return '';
  const part =
    precision === 'year' || precision === 'around' ? 'year' : precision === 'month' ? 'month' : 'day';
  return say(`initiatives.when.${precision}`, { day: dayIn(say.language, day, part) });
}

/** What a life event is called where a teller chooses one: 'Begonnen in 2016'. */
export function eventIn(say: Speech, kind: string, day: Day | null, precision: SaidPrecision): string {
  const key = `initiatives.event.${kind}`;
  return [say.has(key) ? say(key) : kind, whenIn(say, day, precision)].filter(Boolean).join(' ');
}
