import { parse, CsvError } from 'csv-parse/sync';

export type Delimiter = ',' | ';' | '\t' | '|';

/** The records of a text, each a list of fields; or where a quoted field is written wrongly. */
export type CsvRead =
  | { readonly ok: true; readonly records: readonly (readonly string[])[]; readonly delimiter: Delimiter }
  | {
      readonly ok: false;
      readonly reason: 'quote_not_closed' | 'quote_inside' | 'record_too_long';
      readonly row: number;
    };

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/**
 * Reads CSV (RFC 4180) whatever its delimiter: the one that cuts the first lines most often and most evenly, or the one a
 * first line 'sep=;' names. At most `most` records are read.
 */
export function readCsv(text: string, most: number): CsvRead {
  const named = /^sep=([,;\t|])\r?\n/.exec(text);
  const told = named ? text.slice(named[0].length) : text;
  const delimiter = (named?.[1] as Delimiter | undefined) ?? delimiterOf(told);
  try {
    const records = parse(told, {
      delimiter,
      // Who edits a file on two machines has both.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
      to: most,
    });
    return { ok: true, records, delimiter };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = (error as CsvError & { lines?: number }).lines ?? 0;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return { ok: false, reason: 'quote_not_closed', row };
    if (error.code === 'CSV_MAX_RECORD_SIZE') return { ok: false, reason: 'record_too_long', row };
    return { ok: false, reason: 'quote_inside', row };
  }
}

function delimiterOf(text: string): Delimiter {
  const scored = delimiters.map((delimiter) => ({ delimiter, cuts: cutsIn(text, delimiter) }));
  const best = scored.reduce((one, other) => (evenness(other.cuts) > evenness(one.cuts) ? other : one));
  return best.delimiter;
}

/** How often each of the first lines is cut, quotes respected. */
function cutsIn(text: string, delimiter: string): number[] {
  const cuts: number[] = [0];
  let quoted = false;
  for (const letter of text.slice(0, 50_000).replace(/^(?:\s*[\r\n])+/, '')) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === '\n') cuts.push(0);
    else if (!quoted && letter === delimiter) cuts[cuts.length - 1] = (cuts.at(-1) ?? 0) + 1;
    if (cuts.length > 30) break;
  }
  return cuts;
}

/** The header decides; among delimiters that cut it, the one by which most lines have as many cuts as it. */
function evenness([header = 0, ...lines]: readonly number[]): number {
  if (header === 0) return 0;
  const even = lines.filter((cuts) => cuts === header).length;
  return header + (100 * even) / Math.max(1, lines.length);
}
