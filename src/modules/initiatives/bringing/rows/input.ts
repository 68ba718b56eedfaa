import { inLatin } from '#modules/languages/latin/model.ts';
import { parsePoint } from '#modules/places/input.ts';
import { folded } from '#modules/places/names/model.ts';
import type { Day } from '#platform/clock.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import type { FieldDate, FieldEntry, FieldEvent, Told } from '../../field/model.ts';
import { readable } from '../../input.ts';
import type { ToldPlace } from '../../placing/model.ts';
import {
  limits,
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
import {
  hasBrokenLetters,
  isAfter,
  isFormula,
  isFormulaError,
  languageTold,
  latinDigits,
  partsOf,
  tableDate,
} from './model.ts';

/** A row that could be read: an entry as its source tells it, not yet placed. */
export interface BroughtRow {
  readonly row: number;
  /** Its key in the source: told by a column, or else its name and place. */
  readonly key: string;
  /** Its slug is only what it would like to be. */
  readonly entry: FieldEntry;
  readonly place: ToldPlace;
  readonly unsaid: ReadonlySet<string>;
}

export interface RowsRead {
  readonly rows: readonly BroughtRow[];
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
  const keys = new Map<string, number>();
  for (const row of table.rows) {
    const before = reader.problems.length;
    const read = reader.read(row);
    const first = read && keys.get(read.key);
    if (read && first !== undefined)
      reader.tell(row.row, reader.keyed ? 'key' : 'name', 'doubled', read.key, String(first));
    if (!read || first !== undefined || reader.problems.length > before) continue;
    keys.set(read.key, row.row);
    rows.push(read);
  }
  return { rows, problems: reader.problems };
}

const mostLetters: Readonly<Partial<Record<Field, number>>> = {
  name: 200,
  key: 90,
  website: 500,
  mail: 254,
  phone: 30,
};

class RowReader {
  readonly problems: RowProblem[] = [];
  readonly keyed: boolean;
  private readonly table: Table;
  private readonly wishes: RowWishes;
  /** Where the columns of a field stand. */
  private readonly columns = new Map<Field, number[]>();
  private row = 0;

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

  read(row: TableRow): BroughtRow | null {
    this.row = row.row;
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
    if (name === '') this.fault('name', 'missing', '');
    const place = this.place(of);
    const key = this.keyed ? of('key') : keyFrom(name, place);
    if (key === '') this.fault('key', 'missing', '');
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
      entry: { ...entry, slug: wordFor(name), shape, lastSign: lastSign ?? 'seen', place, events },
    };
  }

  /** A cell as text, faults of its letters told; an apostrophe that only says 'this is text' is left out. */
  private cell(field: Field, written: string): string {
    const text = written
      .toWellFormed()
      .normalize('NFC')
      .replace(/^'(?=[=+\-@\t\r])/, '')
      .replace(/\r\n?/g, '\n')
      .trim();
    const most = mostLetters[field] ?? (field.startsWith('summary') ? 5_000 : limits.letters);
    if ([...text].length > most) this.fault(field, 'too_long', text, String(most));
    else if (hasBrokenLetters(text)) this.fault(field, 'broken_letters', text);
    else if (isFormulaError(text)) this.fault(field, 'formula_error', text);
    else if (isFormula(text)) this.fault(field, 'formula', text);
    else if (readable(text) !== text) this.fault(field, 'unreadable', readable(text));
    else return text;
    return '';
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
    const sources = of('source') === '' ? [source] : partsOf(of('source').replaceAll(',', ';'));
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
      names: partsOf(of('names').replaceAll(',', ';')).filter(
        (other) =>
          other !== name && ([...other].length <= 200 || this.fault('names', 'too_long', other, '200')),
      ),
      website: this.website(of('website')),
      mail: this.mail(of('mail')),
      phone: this.phone(of('phone')),
      lastSign: status === null ? null : status === 'unknown' ? ('none-recent' as const) : ('seen' as const),
      sources,
      texts,
    };
  }

  private language(word: string): string | null {
    return languageTold(word) ?? this.fault('languages', 'not_a_language', word);
  }

  private website(cell: string): string | null {
    if (cell === '') return null;
    const meant = /^[a-z][a-z0-9+.-]*:/i.test(cell) ? cell : `https://${cell}`;
    if (!URL.canParse(meant) || /\s/.test(meant)) return this.fault('website', 'not_a_website', cell);
    const { protocol, hostname, username, password } = new URL(meant);
    const good = /^https?:$/.test(protocol) && /.\../.test(hostname) && username === '' && password === '';
    return good
      ? meant.replace(/^https?:/i, (scheme) => scheme.toLowerCase())
      : this.fault('website', 'not_a_website', cell);
  }

  private mail(cell: string): string | null {
    if (cell === '') return null;
    const mail = cell.replace(/^mailto:/i, '').toLowerCase();
    return isMailAddress(mail) && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(mail)
      ? mail
      : this.fault('mail', 'not_a_mail', cell);
  }

  private phone(cell: string): string | null {
    if (cell === '') return null;
    const phone = latinDigits(cell)
      .replace(/^tel:/i, '')
      .replace(/[\u00a0\u2010-\u2015]/g, (sign) => (sign === '\u00a0' ? ' ' : '-'));
    const good = /^[+0-9][0-9 ()/.-]{4,29}$/.test(phone) && (phone.match(/\d/g) ?? []).length >= 6;
    return good ? phone : this.fault('phone', 'not_a_phone', cell);
  }

  private place(of: (field: Field) => string): ToldPlace {
    const [lat, lon] = this.degrees(of);
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
    if (said.length === 0 && first && !this.problems.some((each) => each.row === this.row && isOfPlace(each)))
      this.fault(first, 'no_place', '');
    return place;
  }

  private degrees(of: (field: Field) => string): [number, number] | [null, null] {
    const nothing: [null, null] = [null, null];
    const [together, ...rest] = latinDigits(of('point')).split(/\s*[,;]\s+|\s+|(?<=\.\d+)\s*[,;]\s*/);
    const separate = of('lat') !== '' || of('lon') !== '';
    if (!separate && !together) return nothing;
    const [lat, lon] = separate ? [latinDigits(of('lat')), latinDigits(of('lon'))] : [together, rest[0]];
    const at = separate ? 'lat' : 'point';
    const found = separate ? [lat, lon].filter(Boolean).join(', ') : of('point');
    if (/^[A-Z][A-Za-z]+$/.test(lat ?? '')) return this.fault(at, 'not_a_point', lat ?? '') ?? nothing;
    const point = parsePoint(lat, lon);
    if (point.ok) return [point.value.lat, point.value.lon];
    if (point.reason === 'places.problem.point_incomplete')
      return this.fault(lat ? 'lon' : 'lat', 'half_a_point', found) ?? nothing;
    if (point.reason === 'places.problem.point_not_a_number')
      return this.fault(at, 'not_a_number', found) ?? nothing;
    return this.fault(at, parsePoint(lon, lat).ok ? 'degrees_swapped' : 'not_a_place', found) ?? nothing;
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

/** Which column tells each of the facts an entry has. */
const factColumns: Readonly<Record<string, Field>> = {
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
function keyFrom(name: string, place: ToldPlace): string {
  const where = folded(place.town ?? place.municipality ?? place.province ?? '');
  const point = where === '' && place.lat !== null ? `${place.lat.toFixed(2)},${place.lon?.toFixed(2)}` : '';
  const who = folded(name);
  return who === '' ? '' : `${who.slice(0, 60)}|${(where || point).slice(0, 28)}`;
}

/** The word a name would like to have in its address, in Latin letters. */
export function wordFor(name: string): string {
  const word = inLatin(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 90)
    .replace(/-+$/, '');
  return word === '' ? 'initiatief' : word;
}

/** The word of a vocabulary that begins like this, to help along. */
function nearest(cell: string, words: ReadonlyMap<string, unknown>): string {
  const begin = folded(cell).slice(0, 4);
  const found = begin === '' ? undefined : [...words].find(([word]) => word.startsWith(begin));
  return found ? String(found[1]) : '';
}
