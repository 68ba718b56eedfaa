import { folded } from '#modules/places/names/model.ts';
import type { Day } from '#platform/clock.ts';
import { languages } from '#platform/i18n/languages.ts';
import { fieldDate, type FieldDate } from '../../field/model.ts';
import type { ToldPlace } from '../../placing/model.ts';
import type { Field } from '../model.ts';

/** What people write on the keyboard of their language, in Latin digits. */
export const latinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

const months = new Map(
  languages.flatMap((language) =>
    (['long', 'short'] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { month, timeZone: 'UTC' });
      return Array.from(
        { length: 12 },
        (_, at) => [folded(format.format(Date.UTC(2024, at, 15))), String(at + 1).padStart(2, '0')] as const,
      );
    }),
  ),
);

/**
 * A date as people write it in a table: '2016', '~2016', '2016-02', '9-2-2016', '9 februari 2016', 'feb 2016', '2016-02-09',
 * '2016-02-09 00:00:00'. Null when it is none, also when the day is not in the calendar.
 */
export function tableDate(written: string): FieldDate | null {
  const text = latinDigits(written)
    .trim()
    .replace(/^(ca?\.?|circa|rond|around)\s+/i, '~');
  const [bare = ''] = text.split(/[T ](?=\d{2}:\d{2})/);
  const pad = (part: string) => part.padStart(2, '0');
  const parts = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(bare);
  const worded = /^(?:(\d{1,2})\.?\s+)?([^\d\s.]+)\.?\s+(\d{4})$/u.exec(bare);
  const month = worded ? months.get(folded(worded[2] ?? '')) : undefined;
  const told = parts
    ? `${parts[3]}-${pad(parts[2] ?? '')}-${pad(parts[1] ?? '')}`
    : worded && month
      ? `${worded[3]}-${month}${worded[1] ? `-${pad(worded[1])}` : ''}`
      : bare.replaceAll('/', '-');
  const date = fieldDate(told);
  return date && date.day >= '1500' ? date : null;
}

/** Whether all of the time a date tells lies after a day. */
export const isAfter = (date: FieldDate, day: Day): boolean => date.day > day;

const names = new Map<string, string>();
function languageNames(): ReadonlyMap<string, string> {
  if (names.size > 0) return names;
  // All two-letter codes that name a language, by what each of our languages calls it.
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const codes = [
    ...letters.flatMap((one) => letters.map((other) => one + other)),
    'prs',
    'ckb',
    'kmr',
    'fa-AF',
  ];
  for (const speaker of languages) {
    const display = new Intl.DisplayNames(speaker, { type: 'language', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined && !names.has(folded(name))) names.set(folded(name), code);
    }
  }
  names.set('farsi', 'fa').set('dari', 'fa-AF').set('koerdisch', 'ku').set('kurdish', 'ku');
  return names;
}

/** The code of a language that is told by its code or its name in one of our languages; null when it is neither. */
export function languageTold(word: string): string | null {
  const bare = word.trim();
  const known = languageNames();
  if (/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(bare) && [...known.values()].includes(bare)) return bare;
  return known.get(folded(bare)) ?? null;
}

/** The parts of a cell that tells several things: cut at ';', '|' and line ends, or else at commas where `commas` cut. */
export function partsOf(cell: string, commas = true): string[] {
  const cut = !commas || /[;|\n؛]/.test(cell) ? /[;|\n؛]/ : /[,،、]/;
  return [...new Set(cell.split(cut).map((part) => part.trim().replace(/\s+/gu, ' ')))].filter(
    (part) => part !== '',
  );
}

// What the second byte of a letter looks like to who reads it as Windows-1252.
const second =
  '[\\u0080-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013-\\u2122]';
const broken = new RegExp(`\\ufffd|Ã${second}|â€|Â[\\u00a0-\\u00bf]|(?:[ØÙÐÑ]${second}){2}`, 'u');

/** Letters that were read in the wrong way somewhere: 'CafÃ©', 'donâ€™t', or signs that stand for what could not be read. */
export const hasBrokenLetters = (cell: string): boolean => broken.test(cell);

/** A text that a spreadsheet would work out: '=1+1', '+SUM(A1)', '@cmd'. A telephone number and a dash are none. */
export function isFormula(cell: string): boolean {
  if (/^[=@]/.test(cell)) return /^=|^@\w+\s*\(|^@\w+\|/.test(cell);
  return (
    /^[+-]/.test(cell) &&
    !/^[+-][\d\s()/.,\u2010-\u2015-]*$/.test(cell) &&
    /^[+-]\s*\w+\s*[(|!]|^[+-]\S*\|/.test(cell)
  );
}

/** What a formula came to when it could not be worked out. */
export const isFormulaError = (cell: string): boolean =>
  /^#(REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM|SPILL|CALC|VERW|WAARDE|NAAM|DEEL\/0|NB)[!?]?$/i.test(cell);

/** Which column tells each of the facts an entry has. */
export const factColumns: Readonly<Record<string, Field>> = {
  kind: 'kind',
  formality: 'formality',
  ledBy: 'ledBy',
  scope: 'scope',
  phases: 'phases',
  themes: 'themes',
  audiences: 'audiences',
  languages: 'languages',
  names: 'names',
  website: 'website',
  mail: 'mail',
  phone: 'phone',
  lastSign: 'status',
};

/** The key of a row whose source gives none: who it is and where, so that the same row is known again. */
export function keyFrom(name: string, place: ToldPlace): string {
  const where = folded(place.town ?? place.municipality ?? place.province ?? '');
  const point = where === '' && place.lat !== null ? `${place.lat.toFixed(2)},${place.lon?.toFixed(2)}` : '';
  const who = folded(name);
  return who === '' ? '' : `${who.slice(0, 60)}|${(where || point).slice(0, 28)}`;
}
