import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180): every field quoted, and a text that a spreadsheet would run as a formula
 * (it begins with = + - @, a tab or a return) led by an apostrophe.
 */
export function csv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { quoted: true, quoted_empty: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}
