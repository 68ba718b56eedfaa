import type { Period } from './periods/model.ts';

/**
 * Reads `from`, `to`, `since` and `until` of an address as two periods of years, kindly: years in the wrong order change places, and where
 * a year is missing or is none there is nothing to lay side by side.
 */
export function parsePeriods(asked: URLSearchParams): readonly [Period, Period] | null {
  const [from, to, since, until] = ['from', 'to', 'since', 'until'].map((name) => year(asked.get(name)));
  if (!from || !to || !since || !until) return null;
  return [period(from, to), period(since, until)];
}

const year = (word: string | null) => (/^20\d{2}$/.test(word ?? '') ? Number(word) : null);
const period = (one: number, other: number): Period => ({
  from: Math.min(one, other),
  to: Math.max(one, other),
});
