import { folded } from '#modules/places/names/model.ts';
import type { Day } from '#platform/clock.ts';
import type { FieldDate, FieldEntry, FieldEvent, Told } from '../../field/model.ts';
import { readable } from '../../input.ts';
import type { ToldPlace } from '../../placing/model.ts';
import { readDegrees, readMail, readPhone, readText, readWebsite, type CellRead } from '../cells/input.ts';
import {
  severalFields,
  shown,
  type Field,
  type Mapping,
  type RowProblem,
  type RowReason,
  type Table,
  type TableRow,
} from '../model.ts';
import type { Vocabulary } from '../vocabulary/model.ts';
import { factColumns, isAfter, keyFrom, languageTold, partsOf, tableDate } from './model.ts';

/** A row that could be read: an entry as its source tells it, not yet placed. */
export interface BroughtRow {
  readonly row: number;
  /** Its key in the source: told by a column, or else its name and place. */
  readonly key: string;
  /** Without a slug: that is given when it is laid. */
  readonly entry: FieldEntry;
  readonly place: ToldPlace;
  readonly unsaid: ReadonlySet<string>;
}

export interface RowsRead {
  readonly rows: readonly BroughtRow[];
  /** Rows with a fault, of which the place was told well enough to be looked up: it may be another fault. */
  readonly faulty: readonly Pick<BroughtRow, 'row' | 'place'>[];
  readonly problems: readonly RowProblem[];
}

export interface RowWishes {
  readonly source: string;
  readonly mapping: Mapping;
  readonly words: Vocabulary;
  readonly today: Day;
}

/** Reads the rows of a table by its mapping. Every fault of every row is told; a row with one is not among those that could be read. */
export function readRows(table: Table, wishes: RowWishes): RowsRead {
  const reader = new RowReader(table, wishes);
  const rows: BroughtRow[] = [];
  const faulty: BroughtRow[] = [];
  const keys = new Map<string, number>();
  for (const row of table.rows) {
    const before = reader.problems.length;
    if (before >= mostProblems) break;
    const read = reader.read(row);
    const first = read ? keys.get(read.key) : undefined;
    if (read && read.key !== '' && first === undefined) keys.set(read.key, row.row);
    if (read && first !== undefined) {
      const [field, found] = reader.keyed
        ? (['key', read.key] as const)
        : (['name', read.entry.shape.name] as const);
      reader.tell(row.row, field, 'doubled', found, String(first));
    }
    if (!read) continue;
    if (reader.problems.length === before) rows.push(read);
    else if (!reader.problems.slice(before).some(isOfPlace)) faulty.push(read);
  }
  return { rows, faulty, problems: reader.problems };
}

/** Whoever has more faults than this mapped the columns wrongly; the rest is not read. */
export const mostProblems = 2_000;

class RowReader {
  readonly problems: RowProblem[] = [];
  readonly keyed: boolean;
  private readonly table: Table;
  private readonly wishes: RowWishes;
  /** Where the columns of a field stand. */
  private readonly columns = new Map<Field, number[]>();
  private row = 0;
  /** Where the problems of this row begin. */
  private begin = 0;

  constructor(table: Table, wishes: RowWishes) {
    this.table = table;
    this.wishes = wishes;
    table.columns.forEach((column, at) => {
      const field = wishes.mapping[column];
      if (field) this.columns.set(field, [...(this.columns.get(field) ?? []), at]);
    });
    this.keyed = this.columns.has('key');
  }

  tell(row: number, field: Field, reason: RowReason, found: string, hint = ''): void {
    const [at] = this.columns.get(field) ?? [];
    const column = at === undefined ? '' : (this.table.columns[at] ?? '');
    this.problems.push({ row, field, column, reason, found: shown(found), hint });
  }

  private fault(field: Field, reason: RowReason, found: string, hint = ''): null {
    this.tell(this.row, field, reason, found, hint);
    return null;
  }

  /** A cell that is needed and is empty; one that was faulty has been told already. */
  private missing(field: Field): void {
    if (!this.problems.slice(this.begin).some((each) => each.field === field))
      this.fault(field, 'missing', '');
  }

  read(row: TableRow): BroughtRow | null {
    this.row = row.row;
    this.begin = this.problems.length;
    const extra = row.cells.slice(this.table.columns.length).findIndex((cell) => cell.trim() !== '');
    if (extra >= 0) {
      const found = row.cells[this.table.columns.length + extra] ?? '';
      this.problems.push({
        row: row.row,
        field: '',
        column: '',
        reason: 'too_many_cells_in_row',
        found: shown(found),
        hint: '',
      });
      return null;
    }
    const cells = new Map<Field, string>();
    for (const [field, at] of this.columns) {
      const values = at
        .map((column) => this.cell(field, row.cells[column] ?? ''))
        .filter((value) => value !== '');
      cells.set(field, severalFields.includes(field) ? values.join(';') : (values[0] ?? ''));
    }
    const of = (field: Field) => cells.get(field) ?? '';
    const name = of('name');
    if (name === '') this.missing('name');
    const place = this.place(of);
    const key = this.keyed ? of('key') : keyFrom(name, place);
    if (key === '' && this.keyed) this.missing('key');
    const { kind, lastSign, ...told } = this.facts(of);
    const events = this.events(of, key, told.sources);
    const unsaid = new Set(
      Object.entries(factColumns).flatMap(([fact, field]) => (this.columns.has(field) ? [] : [fact])),
    );
    if (kind === null) unsaid.add('kind');
    if (lastSign === null) unsaid.add('lastSign');
    const { formality, ledBy, scope, phases, themes, audiences, languages, ...entry } = told;
    const shape = {
      name,
      kind: kind ?? 'initiative',
      formality,
      ledBy,
      scope,
      phases,
      themes,
      audiences,
      languages,
    };
    return {
      row: row.row,
      key,
      place,
      unsaid,
      entry: { ...entry, slug: '', shape, lastSign: lastSign ?? 'seen', place, events },
    };
  }

  private cell(field: Field, written: string): string {
    const read = readText(field, written);
    if (!read.ok) this.fault(field, read.reason, readable(written), String(read.details.hint ?? ''));
    return read.ok ? read.value : '';
  }

  private one<Value>(field: Field, cell: string, words: ReadonlyMap<string, Value>): Value | null {
    if (cell === '') return null;
    return words.get(folded(cell) || cell) ?? this.fault(field, 'not_allowed', cell, nearest(cell, words));
  }

  private many<Value>(field: Field, cell: string, words: ReadonlyMap<string, Value>): Value[] {
    const found = partsOf(cell).map((part) => this.one(field, part, words));
    return [...new Set(found)].filter((value) => value !== null);
  }

  private facts(of: (field: Field) => string) {
    const { words, source } = this.wishes;
    const status = this.one('status', of('status'), words.status);
    const sources = of('source') === '' ? [source] : partsOf(of('source'), false);
    const texts = [...this.columns.keys()].flatMap((field): Told[] => {
      const text = field.startsWith('summary:') ? of(field) : '';
      return text === '' ? [] : [{ language: field.slice(8), text, origin: 'public-sources' }];
    });
    const name = of('name');
    return {
      kind: this.one('kind', of('kind'), words.kind),
      formality: this.one('formality', of('formality'), words.formality),
      ledBy: this.one('ledBy', of('ledBy'), words.ledBy) ?? ('not-said' as const),
      scope: this.one('scope', of('scope'), words.scope),
      phases: this.many('phases', of('phases'), words.phases),
      themes: this.many('themes', of('themes'), words.themes),
      audiences: partsOf(of('audiences')).filter(
        (word) => [...word].length <= 200 || this.fault('audiences', 'too_long', word, '200'),
      ),
      languages: [...new Set(partsOf(of('languages')).flatMap((word) => this.language(word) ?? []))],
      names: partsOf(of('names'), false).filter(
        (other) =>
          other !== name && ([...other].length <= 200 || this.fault('names', 'too_long', other, '200')),
      ),
      website: this.value('website', of('website'), readWebsite),
      mail: this.value('mail', of('mail'), readMail),
      phone: this.value('phone', of('phone'), readPhone),
      lastSign: status === null ? null : status === 'unknown' ? ('none-recent' as const) : ('seen' as const),
      sources,
      texts,
    };
  }

  private language(word: string): string | null {
    return languageTold(word) ?? this.fault('languages', 'not_a_language', word);
  }

  /** What a reader of cells makes of this one; nothing for an empty one. */
  private value<Value>(field: Field, cell: string, read: (cell: string) => CellRead<Value>): Value | null {
    if (cell === '') return null;
    const told = read(cell);
    return told.ok ? told.value : this.fault(field, told.reason, cell);
  }

  private place(of: (field: Field) => string): ToldPlace {
    const { lat, lon } = this.degrees(of);
    const place = {
      municipality: of('municipality') || null,
      town: of('town') || null,
      province: of('province') || null,
      lat,
      lon,
      precision: this.one('precision', of('precision'), this.wishes.words.precision) ?? ('town' as const),
    };
    const said = (['municipality', 'town', 'province', 'lat', 'lon', 'point'] as const).filter(
      (field) => of(field) !== '',
    );
    const first = (['municipality', 'town', 'province', 'lat', 'point'] as const).find((field) =>
      this.columns.has(field),
    );
    if (said.length === 0 && first && !this.problems.slice(this.begin).some(isOfPlace))
      this.fault(first, 'no_place', '');
    return place;
  }

  private degrees(of: (field: Field) => string): { lat: number | null; lon: number | null } {
    const [lat, lon, together] = [of('lat'), of('lon'), of('point')];
    const read = readDegrees(lat, lon, together);
    if (read.ok) return read.value ?? { lat: null, lon: null };
    const apart = lat !== '' || lon !== '';
    const field = !apart ? 'point' : read.reason === 'half_a_point' && lat !== '' ? 'lon' : 'lat';
    this.fault(field, read.reason, apart ? [lat, lon].filter(Boolean).join(', ') : together);
    return { lat: null, lon: null };
  }

  private date(field: 'founded' | 'ended', cell: string): FieldDate | null {
    if (cell === '') return null;
    const date = tableDate(cell);
    if (!date) return this.fault(field, 'not_a_date', cell);
    return isAfter(date, this.wishes.today) ? this.fault(field, 'in_future', cell) : date;
  }

  private events(of: (field: Field) => string, key: string, sources: readonly string[]): FieldEvent[] {
    const founded = this.date('founded', of('founded'));
    const ended = this.date('ended', of('ended'));
    if (founded && ended && ended.day < founded.day)
      this.fault('ended', 'wrong_order', of('ended'), of('founded'));
    const status = of('status') === '' ? null : (this.wishes.words.status.get(folded(of('status'))) ?? null);
    const event = (kind: FieldEvent['kind'], date: FieldDate | null): FieldEvent => ({
      key: `${this.wishes.source}/${key}/${kind}`,
      kind,
      day: date?.day ?? null,
      precision: date?.precision ?? 'unknown',
      change: {},
      sources,
      texts: [],
    });
    const soFar: FieldDate = { day: this.wishes.today, precision: 'at-latest' };
    return [
      event(founded ? 'founded' : 'noticed', founded),
      ...(ended || status === 'ended' ? [event('ended', ended ?? soFar)] : []),
      ...(status === 'paused' && !ended ? [event('paused', soFar)] : []),
    ];
  }
}

const isOfPlace = ({ field }: RowProblem) =>
  ['municipality', 'town', 'province', 'lat', 'lon', 'point'].includes(field);

/** The word of a vocabulary that begins like this, to help along. */
function nearest(cell: string, words: ReadonlyMap<string, unknown>): string {
  const begin = folded(cell).slice(0, 4);
  const found = begin === '' ? undefined : [...words].find(([word]) => word.startsWith(begin));
  return found ? String(found[1]) : '';
}
