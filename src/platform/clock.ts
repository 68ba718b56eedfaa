/** A day in the Netherlands as a word, 'YYYY-MM-DD'; days compare as text. */
export type Day = string;

let stoppedAt: Date | undefined;

// Making one costs more than all else a page asks of the clock.
const inAmsterdam = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' });

/** The present moment, or the moment the clock was stopped at. */
export function now(): Date {
  return stoppedAt ?? new Date();
}

/** Today where the field is: Europe/Amsterdam, whatever the machine's own time zone. */
export function today(): Day {
  return dayOf(now());
}

/** The day a moment falls on where the field is: late in the evening that is another day than in London. */
export function dayOf(moment: Date): Day {
  return inAmsterdam.format(moment);
}

/** Stops the clock for a test; without a moment it runs again. */
export function stopClock(at?: Date): void {
  stoppedAt = at;
}

/** Whether a word is a day that exists in the calendar, between the years 1000 and 2999. */
export function isDay(word: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(word)) return false;
  const moment = new Date(`${word}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(word);
}

/** The day a number of days later (or earlier, when negative). */
export function daysLater(day: Day, days: number): Day {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}
