import type { Day } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { Sheet, SheetBlock, Words } from '#platform/print/sheet.ts';
import type { DatePrecision } from '../../initiatives/model.ts';

/** Where a sheet is made: how it speaks, on which day, and the address of the same page in the house. */
export interface Desk {
  readonly say: Speech;
  readonly today: Day;
  readonly address: string;
}

/** A sheet before it is set; the square that a phone reads is drawn from its address. */
export type Laid = Omit<Sheet, 'code'>;

/** A sheet about something as it stands today. */
export const laid = (
  { say, today, address }: Desk,
  given: Pick<Sheet, 'kind' | 'title' | 'blocks'> & Partial<Pick<Sheet, 'subtitle' | 'opening' | 'foot'>>,
): Laid => ({
  subtitle: null,
  opening: null,
  ...given,
  language: say.language,
  address,
  foot: [...(given.foot ?? []), say('print.figure.taken', { day: dayIn(say.language, today) })],
  day: today,
});

/** Names are written as their bearers write them, in Dutch letters unless they are not. */
export const named = (name: string): Words => ({ text: name, language: 'nl' });

/** Words in a language, told apart only when it is another than that of the sheet. */
export const wordsIn = (say: Speech, text: string, language: string): Words =>
  language === say.language ? text : { text, language };

/** A list of words as they are read, in the manner of the language. */
export const listed = (say: Speech, words: readonly string[]): string => words.join(say('platform.comma'));

/** A day as precisely as it was told: 'in 2016', 'around 2016', 'on 9 February 2016'. */
export function whenTold(say: Speech, day: Day | null, precision: DatePrecision): string {
  if (day === null) return say('initiatives.when.unknown');
  const part =
    precision === 'year' || precision === 'around' ? 'year' : precision === 'month' ? 'month' : 'day';
  return say(`initiatives.when.${precision === 'unknown' ? 'around' : precision}`, {
    day: dayIn(say.language, day, part),
  });
}

/** A heading on a sheet, as its template knows it. */
export const heading = (words: string, level: 2 | 3 = 2): SheetBlock => ({ type: 'heading', level, words });
/** A paragraph on a sheet, as its template knows it. */
export const text = (words: Words): SheetBlock => ({ type: 'text', words });
