import { readCsv } from '#platform/spreadsheet/csv.ts';
import { lettersOf } from '#platform/spreadsheet/letters.ts';
import { readXlsx } from '#platform/spreadsheet/xlsx.ts';
import { limits, type FileReason, type Table, type TableRow } from '../model.ts';

/** What a file holds: a table whose columns are to be mapped, a file in the form of HSDS, or why it cannot be read. */
export type FileRead =
  | { readonly ok: true; readonly kind: 'table'; readonly table: Table }
  | { readonly ok: true; readonly kind: 'hsds'; readonly json: unknown; readonly count: number }
  | FileRefused;

export interface FileRefused {
  readonly ok: false;
  readonly reason: FileReason;
  /** The line or row where it shows; 0 for the file as a whole. */
  readonly row: number;
  readonly found: string;
}

const no = (reason: FileReason, row = 0, found = ''): FileRefused => ({ ok: false, reason, row, found });

/** Reads a file by what is in it, whatever its name says. `sheet` is the sheet that counts, where there are several. */
export async function readFile(bytes: Buffer, sheet: string | null): Promise<FileRead> {
  if (bytes.length > limits.bytes) return no('too_big', 0, String(Math.ceil(bytes.length / 1024 / 1024)));
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return readSpreadsheet(bytes, sheet);
  const letters = lettersOf(bytes);
  if (!letters.ok) return no(letters.reason, letters.row);
  if (/^\s*[[{]/.test(letters.text)) return readJson(letters.text);
  const read = readCsv(letters.text, limits.rows + 2);
  if (!read.ok) return no(read.reason, read.row);
  const { encoding } = letters;
  return tableOf('csv', read.records, { encoding, delimiter: read.delimiter });
}

async function readSpreadsheet(bytes: Buffer, sheet: string | null): Promise<FileRead> {
  const { bytesInside, rows, columns, cells } = limits;
  const read = await readXlsx(bytes, { bytesInside, rows: rows + 1, columns, cells });
  if (!read.ok) return no(read.reason);
  const sheets = read.sheets.map(({ name }) => name);
  const filled = read.sheets.find(({ records }) => records.length > 1) ?? read.sheets[0];
  const meant = sheet ? read.sheets.find(({ name }) => name === sheet) : filled;
  if (!meant) return no('no_such_sheet', 0, `${sheet ?? ''} (${sheets.join(', ')})`);
  return tableOf('xlsx', meant.records, { sheet: meant.name, sheets });
}

const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '');

function tableOf(
  form: 'csv' | 'xlsx',
  records: readonly (readonly string[])[],
  about: Table['about'],
): FileRead {
  const at = records.findIndex((record) => !isBlank(record));
  const header = records[at];
  if (!header) return no('empty');
  const columns = header.map((name, column) => name.trim().replace(/\s+/gu, ' ') || letterOf(column));
  const rows = records
    .map((cells, index): TableRow => ({ row: index + 1, cells }))
    .slice(at + 1)
    .filter(({ cells }) => !isBlank(cells));
  const used = columns.filter((_, column) => rows.some(({ cells }) => (cells[column] ?? '').trim() !== ''));
  if (header.every((name) => /^[\d\s.,-]*$/.test(name))) return no('no_header', at + 1);
  if (rows.length === 0) return no('only_header', at + 1);
  if (columns.length === 1 && used.length <= 1) return no('one_column', at + 1);
  return checked({ form, columns, rows, about });
}

/** As a spreadsheet calls a column without a name: A, B, ... AA. */
function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

function checked(table: Table): FileRead {
  if (table.columns.length > limits.columns) return no('too_many_columns', 0, String(table.columns.length));
  if (table.rows.length > limits.rows) return no('too_many_rows', 0, String(limits.rows));
  const twice = table.columns.find((name, at) => table.columns.indexOf(name) !== at);
  if (twice !== undefined) return no('doubled_header', 1, twice);
  return { ok: true, kind: 'table', table };
}

function readJson(text: string): FileRead {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return no('not_json', 0, error instanceof Error ? error.message : '');
  }
  if (isRecord(json) && json.type === 'FeatureCollection' && Array.isArray(json.features))
    return recordsOf('geojson', json.features.map(flatFeature));
  const organizations = hsdsIn(json);
  if (organizations) return { ok: true, kind: 'hsds', json, count: organizations.length };
  const list = Array.isArray(json) ? json : isRecord(json) ? Object.values(json).find(Array.isArray) : null;
  if (!Array.isArray(list)) return no('not_a_list');
  return recordsOf(
    'json',
    list.map((each: unknown) => (isRecord(each) ? flat(each) : new Map())),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list, or a page, of records that have what only HSDS gives its organizations and services; null for anything else. */
function hsdsIn(json: unknown): readonly unknown[] | null {
  const list = Array.isArray(json)
    ? json
    : isRecord(json)
      ? (json.contents ?? json.organizations ?? [json])
      : [];
  if (!Array.isArray(list)) return null;
  const [first] = list as unknown[];
  const own = [
    'services',
    'organization_id',
    'organization',
    'organization_identifiers',
    'service_at_locations',
  ];
  const known =
    isRecord(first) &&
    typeof first.id === 'string' &&
    typeof first.name === 'string' &&
    own.some((name) => name in first);
  return known ? list : null;
}

type Flat = Map<string, string>;

const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';

/** The values of a record by name, two levels deep: 'address.city'; lists joined with ';'. */
function flat(record: Record<string, unknown>, before = '', depth = 0): Flat {
  const found: Flat = new Map();
  for (const [name, value] of Object.entries(record)) {
    if (Array.isArray(value))
      found.set(before + name, value.slice(0, 200).map(plain).filter(Boolean).join(';'));
    else if (!isRecord(value)) found.set(before + name, plain(value));
    else if (depth < 1)
      for (const [inner, text] of flat(value, `${before}${name}.`, depth + 1)) found.set(inner, text);
  }
  return found;
}

/** A feature as a record: its id, its properties, and its point as degrees; what is no point is left as its type. */
function flatFeature(feature: unknown): Flat {
  if (!isRecord(feature)) return new Map();
  const found: Flat = new Map();
  if (feature.id !== undefined) found.set('id', plain(feature.id));
  if (isRecord(feature.properties))
    for (const [name, text] of flat(feature.properties)) found.set(name, text);
  if (!isRecord(feature.geometry)) return found;
  const { type, coordinates } = feature.geometry;
  const [lon, lat] =
    type === 'Point' && Array.isArray(coordinates) ? (coordinates as unknown[]) : [type, type];
  found.set('latitude', plain(lat));
  found.set('longitude', plain(lon));
  return found;
}

function recordsOf(form: 'json' | 'geojson', records: readonly Flat[]): FileRead {
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))];
  if (records.length === 0 || columns.length === 0) return no('empty');
  const rows = records.map((record, at) => ({
    row: at + 1,
    cells: columns.map((column) => record.get(column) ?? ''),
  }));
  return checked({ form, columns, rows, about: {} });
}
