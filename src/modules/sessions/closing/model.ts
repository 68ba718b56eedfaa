import type { Attendance } from '../model.ts';

export type Attendances = Readonly<Partial<Record<Attendance, number>>>;

/**
 * How many were there per role, as it may be told: no role of fewer people than `smallest`, and never so that the rest, worked out
 * from all, would be fewer: then the smallest role that could be told is left out too.
 */
export function attendanceToTell(counted: Attendances, people: number, smallest: number): Attendances {
  const told = (Object.entries(counted) as [Attendance, number][])
    .filter(([, many]) => many >= smallest)
    .sort(([role, many], [other, theirs]) => theirs - many || (role < other ? -1 : 1));
  const rest = () => people - told.reduce((sum, [, many]) => sum + many, 0);
  while (told.length > 0 && rest() > 0 && rest() < smallest) told.pop();
  return Object.fromEntries(told);
}

/** Days without anything happening after which a room that nobody closed is closed by the house, and a lobby is called off. */
export const daysUntilClosed = { room: 7, lobby: 14 } as const;
