import type { Day } from '#platform/clock.ts';
import type { OpenStone } from '../model.ts';

/** How the line is drawn: its size, and where its year begins and ends. */
export const size = { width: 340, height: 52, margin: 16 } as const;

const dayNumber = (day: Day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** Where a day stands on a line from the first to the last day, from the reader's beginning of the line; outside it at its end. */
export function placeOf(
  day: Day,
  { from, until }: { from: Day; until: Day },
  direction: 'ltr' | 'rtl',
): number {
  const share = (dayNumber(day) - dayNumber(from)) / Math.max(1, dayNumber(until) - dayNumber(from));
  const along = size.margin + Math.min(1, Math.max(0, share)) * (size.width - 2 * size.margin);
  return Math.round(direction === 'rtl' ? size.width - along : along);
}

/** Which form a stone has: never told by its colour alone. */
export function formOf({ state, answer }: Pick<OpenStone, 'state' | 'answer'>) {
  if (state !== 'answered') return state;
  if (answer === 'done' || answer === 'let-go' || answer === 'paused') return answer;
  return 'moving';
}
