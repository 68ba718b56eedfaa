import { parsePoint } from '#modules/places/input.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { readable } from '../../input.ts';
import { limits, type Field, type RowReason } from '../model.ts';
import { hasBrokenLetters, isFormula, isFormulaError, latinDigits } from '../rows/model.ts';

export type CellRead<Value> = Result<Value, RowReason>;

const mostLetters: Readonly<Partial<Record<Field, number>>> = {
  name: 200,
  key: 90,
  website: 500,
  mail: 254,
  phone: 30,
};

/** A cell as text, without an apostrophe that only says 'this is text'; or what is wrong with its letters. */
export function readText(field: Field, written: string): CellRead<string> {
  const text = written
    .toWellFormed()
    .normalize('NFC')
    .replace(/^'(?=[=+\-@\t\r])/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  const most = mostLetters[field] ?? (field.startsWith('summary') ? 5_000 : limits.letters);
  if (text.length > most && [...text].length > most) return refused('too_long', { hint: most });
  if (hasBrokenLetters(text)) return refused('broken_letters');
  if (isFormulaError(text)) return refused('formula_error');
  if (isFormula(text)) return refused('formula');
  return readable(text) === text ? ok(text) : refused('unreadable');
}

/** The address of a page; without a scheme it is https. */
export function readWebsite(cell: string): CellRead<string> {
  const meant = /^[a-z][a-z0-9+.-]*:/i.test(cell) ? cell : `https://${cell}`;
  if (!URL.canParse(meant) || /\s/.test(meant)) return refused('not_a_website');
  const { protocol, hostname, username, password } = new URL(meant);
  const good = /^https?:$/.test(protocol) && /.\../.test(hostname) && username === '' && password === '';
  return good ? ok(meant.replace(/^https?:/i, (scheme) => scheme.toLowerCase())) : refused('not_a_website');
}

export function readMail(cell: string): CellRead<string> {
  const mail = cell.replace(/^mailto:/i, '').toLowerCase();
  return isMailAddress(mail) && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(mail) ? ok(mail) : refused('not_a_mail');
}

export function readPhone(cell: string): CellRead<string> {
  const phone = latinDigits(cell)
    .replace(/^tel:/i, '')
    .replaceAll('\u00a0', ' ')
    .replace(/[\u2010-\u2015]/g, '-');
  const digits = (phone.match(/\d/g) ?? []).length;
  return /^[+0-9][0-9 ()/.-]{4,29}$/.test(phone) && digits >= 6 ? ok(phone) : refused('not_a_phone');
}

/** Degrees told apart or together in one cell, '52.1, 5.9' or '52,1 5,9'; null when none are told. */
export function readDegrees(
  lat: string,
  lon: string,
  together: string,
): CellRead<{ readonly lat: number; readonly lon: number } | null> {
  const apart = lat !== '' || lon !== '';
  if (!apart && together === '') return ok(null);
  const parts = latinDigits(together).split(/\s*[,;]\s+|\s+|(?<=\.\d+)\s*[,;]\s*/);
  const [north = '', east = ''] = apart ? [latinDigits(lat), latinDigits(lon)] : parts;
  if (/^[A-Z][A-Za-z]+$/.test(north)) return refused('not_a_point');
  const point = parsePoint(north, east);
  if (point.ok) return point;
  if (point.reason === 'places.problem.point_incomplete') return refused('half_a_point');
  if (point.reason === 'places.problem.point_not_a_number') return refused('not_a_number');
  return refused(parsePoint(east, north).ok ? 'degrees_swapped' : 'not_a_place');
}
