import { sql } from 'kysely';
import { distanceKm } from '#modules/places/model.ts';
import type { Tx } from '#platform/db.server.ts';
import { today } from '#platform/clock.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { KnownKey } from '../../laying/model.ts';
import { keysKnown, markOf } from '../../laying/queries.server.ts';
import type { PlaceColumns, Placed } from '../../placing/model.ts';
import { placesTold } from '../../placing/queries.server.ts';
import { guesses, type Guess } from '../guessing/model.ts';
import { hsdsRows } from '../hsds/input.ts';
import { shown, type Field, type Mapping, type RowProblem, type Table } from '../model.ts';
import { knownNames, mappingRemembered, sourceWithColumns, type Bringing } from '../queries.server.ts';
import { readFile, type FileRefused } from '../reading/input.ts';
import { readRows, type BroughtRow, type RowsRead } from '../rows/input.ts';
import { vocabularyOf } from '../vocabulary/model.ts';

export interface PreparedRow extends BroughtRow {
  readonly columns: PlaceColumns;
  /** new: nobody brought its key before. known: brought before, and told differently now. same: told the same. */
  readonly is: 'new' | 'known' | 'same';
}

/** The rows of a file held against what is there; when there are problems nothing may be laid. */
export interface Prepared {
  readonly rows: readonly PreparedRow[];
  readonly known: ReadonlyMap<string, KnownKey>;
  readonly problems: readonly RowProblem[];
}

export interface FileMeaning {
  readonly source: string;
  readonly sheet: string | null;
  readonly mapping: Mapping;
  readonly language: Language;
}

/** Reads a file by what it was said to mean, and holds its rows against what is there; or why the file cannot be read. */
export async function prepareFile(
  tx: Tx,
  bytes: Buffer,
  { source, sheet, mapping, language }: FileMeaning,
): Promise<{ ok: true; table: Table | null; prepared: Prepared } | FileRefused> {
  const read = await readFile(bytes, sheet);
  if (!read.ok) return read;
  if (read.kind === 'hsds') {
    const rows = hsdsRows(read.json, { source, language, today: today() });
    return {
      ok: true,
      table: null,
      prepared: await prepare(tx, rows, { source, columnOf: () => '', language }),
    };
  }
  const words = vocabularyOf(await catalogueOnDisk());
  const rows = readRows(read.table, { source, mapping, words, today: today() });
  const columnOf = (field: Field | '') => read.table.columns.find((name) => mapping[name] === field) ?? '';
  return {
    ok: true,
    table: read.table,
    prepared: await prepare(tx, rows, { source, columnOf, language }),
  };
}

/** A column as its bringer is asked about it. */
export interface AskedColumn {
  readonly name: string;
  readonly examples: readonly string[];
  readonly field: Field | '';
  /** Why it is proposed; null when its bringer chose it. */
  readonly by: Guess['by'] | null;
}

export interface AskedFile {
  readonly source: string;
  readonly about: Table['about'];
  readonly columns: readonly AskedColumn[];
}

/**
 * What is asked about a file before it can be brought in: each column with examples and what it probably means, as its
 * bringer said, as was said of this source last time, or as can be guessed. A file in the form of HSDS has no columns to ask about.
 */
export async function askedOf(tx: Tx, bringing: Bringing, bytes: Buffer): Promise<AskedFile | FileRefused> {
  const read = await readFile(bytes, bringing.sheet);
  if (!read.ok) return read;
  if (read.kind === 'hsds') return { source: bringing.source, about: {}, columns: [] };
  const { table } = read;
  const before = await sourceWithColumns(tx, table.columns);
  const source = bringing.source || (before?.source ?? '');
  const remembered = {
    ...(source === before?.source ? before.mapping : await mappingRemembered(tx, source)),
  };
  const guessed = guesses(table, remembered, await knownNames(tx));
  const columns = table.columns.map((name, at): AskedColumn => {
    const values = table.rows.slice(0, 200).map(({ cells }) => shown(cells[at] ?? ''));
    const said = bringing.mapping[name];
    const guess = guessed.get(name);
    return {
      name,
      examples: [...new Set(values.filter((value) => value !== ''))].slice(0, 3),
      field: said ?? guess?.field ?? '',
      by: said === undefined ? (guess?.by ?? null) : null,
    };
  });
  return { source, about: table.about, columns };
}

// As far as anything lies from the middle of its own village or municipality.
const reachKm = 25;

/** Places the rows that could be read, and says of each whether its source told it before. Problems come in the order of the rows. */
export async function prepare(
  tx: Tx,
  { rows, faulty, problems }: RowsRead,
  {
    source,
    columnOf,
    language,
  }: { source: string; columnOf: (field: Field | '') => string; language: Language },
): Promise<Prepared> {
  const all = [...rows, ...faulty];
  const placed = await placesTold(
    tx,
    all.map(({ place }) => place),
    language,
  );
  const known = await keysKnown(
    tx,
    source,
    rows.map(({ key }) => key),
  );
  const far = await farFromHome(tx, all, placed);
  const more: RowProblem[] = [];
  const prepared: PreparedRow[] = [];
  for (const [at, row] of all.entries()) {
    const place = placed[at];
    const tell = (field: RowProblem['field'], problem: Pick<RowProblem, 'reason' | 'found' | 'hint'>) => {
      more.push({ row: row.row, field, column: columnOf(field), ...problem, found: shown(problem.found) });
    };
    if (!place) continue;
    if (!place.ok) {
      const hint = place.didYouMean.slice(0, 3).map(({ called }) => called);
      tell(place.field, { reason: place.reason, found: place.found, hint: [...new Set(hint)].join(', ') });
    } else if (!place.columns)
      tell(columnOf('lat') ? 'lat' : 'point', { reason: 'no_place', found: '', hint: '' });
    else if (far.has(at))
      tell('lat', {
        reason: 'point_elsewhere',
        found: pointOf(row),
        hint: row.place.town ?? row.place.municipality ?? '',
      });
    else if (at < rows.length) {
      const good = row as BroughtRow;
      const before = known.get(good.key);
      const is = !before ? 'new' : before.mark === markOf(good.entry) ? 'same' : 'known';
      prepared.push({ ...good, columns: place.columns, is });
    }
  }
  const inOrder = [...problems, ...more].toSorted((a, b) => a.row - b.row);
  return { rows: prepared, known, problems: inOrder };
}

type Placeable = Pick<BroughtRow, 'row' | 'place'>;
const pointOf = ({ place }: Placeable) => `${place.lat}, ${place.lon}`;

/** Which rows tell a point that lies far from the town or municipality they name. */
async function farFromHome(
  tx: Tx,
  rows: readonly Placeable[],
  placed: readonly Placed[],
): Promise<ReadonlySet<number>> {
  const told = rows.flatMap(({ place }, at) => {
    const is = placed[at];
    const named = place.municipality !== null || place.town !== null;
    return named && place.lat !== null && place.lon !== null && is?.ok && is.columns?.town
      ? [{ at, lat: place.lat, lon: place.lon, town: is.columns.town }]
      : [];
  });
  if (told.length === 0) return new Set();
  const { rows: towns } = await sql<{ id: string; lat: number; lon: number }>`
    select id, lat, lon from pub.place where id = any(${[...new Set(told.map(({ town }) => town))]}::text[])`.execute(
    tx,
  );
  const byId = new Map(towns.map((town) => [town.id, town]));
  return new Set(
    told.flatMap(({ at, town, ...point }) => {
      const home = byId.get(town);
      return home && distanceKm(home, point) > reachKm ? [at] : [];
    }),
  );
}
