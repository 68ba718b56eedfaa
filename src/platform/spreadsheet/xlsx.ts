import readSheets from 'read-excel-file/node';
import { packed, unpack } from './zip.ts';

export interface Sheet {
  readonly name: string;
  /** Each row as texts; a day is YYYY-MM-DD. The first row is row 1 of the sheet. */
  readonly records: readonly (readonly string[])[];
}

export type XlsxRead =
  | { readonly ok: true; readonly sheets: readonly Sheet[] }
  | { readonly ok: false; readonly reason: 'not_a_spreadsheet' | 'too_big_inside' | 'too_many_cells' };

export interface XlsxLimits {
  readonly bytesInside: number;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
}

/** Reads the sheets of an XLSX file (ECMA-376): what formulas last came to, numbers as they were written. */
export async function readXlsx(file: Buffer, limits: XlsxLimits): Promise<XlsxRead> {
  const archive = await unpack(file, (name) => /\.(xml|rels)$/.test(name), limits.bytesInside);
  if (!archive.ok)
    return {
      ok: false,
      reason: archive.reason === 'too_big_inside' ? 'too_big_inside' : 'not_a_spreadsheet',
    };
  if (!archive.files.has('xl/workbook.xml')) return { ok: false, reason: 'not_a_spreadsheet' };
  if (!isModest(archive.files, limits)) return { ok: false, reason: 'too_many_cells' };
  try {
    // Packed anew, so that the reader is told no other sizes than those that are true.
    const files = new Map([...archive.files].map(([name, bytes]) => [name, withErrors(name, bytes)]));
    const sheets = await readSheets<string>(packed(files), { parseNumber: (text) => text });
    return {
      ok: true,
      sheets: sheets.map(({ sheet, data }) => ({
        name: sheet,
        records: data.map((row) => row.map((value) => textOf(value))),
      })),
    };
  } catch {
    // Whatever a reader trips over, the file is to blame: it was made elsewhere.
    return { ok: false, reason: 'not_a_spreadsheet' };
  }
}

const isSheet = (name: string) => /^xl\/worksheets\/.*\.xml$/.test(name);

/** A formula that came to nothing is a cell of its own kind, which the reader would leave empty; as a text it can be told. */
function withErrors(name: string, bytes: Buffer): Buffer {
  if (!isSheet(name)) return bytes;
  const text = bytes.toString('latin1');
  const told = text.replace(/(<(?:\w+:)?c\b[^>]*?\bt\s*=\s*["'])e(["'])/g, '$1str$2');
  return told === text ? bytes : Buffer.from(told, 'latin1');
}

/** A cell far out in the sheet makes a reader fill in everything before it. */
function isModest(files: ReadonlyMap<string, Buffer>, { rows, columns, cells }: XlsxLimits): boolean {
  let count = 0;
  for (const [name, bytes] of files) {
    if (!isSheet(name)) continue;
    for (const [, attributes = ''] of bytes.toString('latin1').matchAll(/<(?:\w+:)?(?:c|row)\b([^>]*)/g)) {
      const [, column = '', row = ''] = /\br\s*=\s*["']\s*([A-Za-z]*)(\d*)/.exec(attributes) ?? [];
      if (Number(row) > rows || columnNumber(column) > columns || ++count > cells) return false;
    }
  }
  return true;
}

const columnNumber = (letters: string) =>
  [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  return String(value);
}
