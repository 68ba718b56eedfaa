import { isDay } from '#platform/clock.ts';
import type { WrongParameter } from '#platform/http/problem.ts';
import { isKey } from '#platform/ids.ts';
import { readable } from '../input.ts';
import type { Read } from '../exchange/input.ts';
import { mostPerPage, parametersOf, usualPage, type ListName } from './model.ts';
import { taxonomyKey, taxonomyNames, type TaxonomyName } from './terms/model.ts';

/** What is asked of a list of records. */
export interface RecordWish {
  readonly search: string;
  readonly page: number;
  /** Null asks for all at once. */
  readonly perPage: number | null;
  readonly format: 'json' | 'ndjson';
  /** A moment (ISO 8601, UTC); records that changed then or later. */
  readonly modifiedAfter: string | null;
  readonly organization: string | null;
  readonly term: string | null;
  /** Null when none is asked for; one that nobody knows is told apart, for nothing answers to it. */
  readonly taxonomy: TaxonomyName | null;
  readonly unknownTaxonomy: boolean;
  readonly full: boolean;
  readonly fullService: boolean;
  readonly minimal: boolean;
  readonly topOnly: boolean;
  readonly parent: string | null;
}

const mostPages = 100_000;

/** Reads the parameters of a list strictly: one wrong parameter refuses the question, and every wrong one is named. */
export function parseList(query: URLSearchParams, list: ListName): Read<RecordWish> {
  const known = parametersOf[list];
  const errors = strangeIn(query, known);
  const given = (name: string) => query.get(name)?.trim() ?? '';
  const tell = (name: string, reason: string) => void errors.push({ name, reason });
  const number = (name: string, most: number): number | null => {
    if (given(name) === '') return null;
    const read = /^\d{1,9}$/.test(given(name)) ? Number(given(name)) : 0;
    if (read >= 1 && read <= most) return read;
    tell(name, `expected a whole number from 1 to ${most}`);
    return null;
  };
  const yes = (name: string): boolean => {
    if (!['', 'true', 'false'].includes(given(name))) tell(name, 'expected true or false');
    return given(name) === 'true';
  };
  const key = (name: string): string | null => {
    if (given(name) === '') return null;
    if (isKey(given(name))) return given(name).toLowerCase();
    tell(name, 'expected a UUID, as 01890a5d-ac96-774b-bcce-b302099a8057');
    return null;
  };
  const format = given('format') || 'json';
  if (!['json', 'ndjson'].includes(format)) tell('format', 'expected json or ndjson');
  const modifiedAfter = given('modified_after') === '' ? null : momentIn(given('modified_after'));
  if (modifiedAfter === undefined)
    tell('modified_after', 'expected a moment, as 2026-11-21T10:00:00.000Z, or a day');
  const taxonomyId = key('taxonomy_id');
  const taxonomy = taxonomyNames.find((name) => taxonomyKey(name) === taxonomyId) ?? null;
  const minimal = yes('minimal');
  const wish: RecordWish = {
    search: words(given('search'), tell),
    page: number('page', mostPages) ?? 1,
    perPage: format === 'ndjson' ? null : (number('per_page', mostPerPage) ?? (minimal ? null : usualPage)),
    format: format === 'ndjson' ? 'ndjson' : 'json',
    modifiedAfter: modifiedAfter ?? null,
    organization: key('organization_id'),
    term: key('taxonomy_term_id'),
    taxonomy,
    unknownTaxonomy: taxonomyId !== null && taxonomy === null,
    full: yes('full'),
    fullService: yes('full_service'),
    minimal,
    topOnly: yes('top_only'),
    parent: key('parent_id'),
  };
  if (minimal && (wish.full || wish.fullService)) tell('minimal', 'expected without full');
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: wish };
}

/** One record that is asked for. */
export interface OneWish {
  readonly list: ListName;
  readonly key: string;
  readonly fullService: boolean;
}

/** Reads what is asked of one record; a word that is no key at all simply names none. */
export function parseOne(list: ListName, key: string, query: URLSearchParams): Read<OneWish> {
  const known = list === 'organizations' ? ['full_service'] : [];
  const errors = strangeIn(query, known);
  const given = query.get('full_service')?.trim() ?? '';
  if (known.length > 0 && !['', 'true', 'false'].includes(given))
    errors.push({ name: 'full_service', reason: 'expected true or false' });
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, value: { list, key: key.toLowerCase(), fullService: given === 'true' } };
}

function strangeIn(query: URLSearchParams, known: readonly string[]): WrongParameter[] {
  const expected = known.length > 0 ? `expected one of ${known.join(', ')}` : 'expected no parameters';
  return [...new Set(query.keys())].flatMap((name) => {
    const shown = readable(name).slice(0, 80).toWellFormed();
    if (!known.includes(name)) return [{ name: shown, reason: expected }];
    return query.getAll(name).length > 1 ? [{ name: shown, reason: 'is given more than once' }] : [];
  });
}

function words(given: string, tell: (name: string, reason: string) => void): string {
  if (given.length > 400) tell('search', 'expected at most 400 signs');
  else if (readable(given) !== given) tell('search', 'expected signs that can be read');
  else return given.normalize('NFC');
  return '';
}

const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** A moment in UTC; without a time zone it is read as UTC, and undefined when there is no such moment. */
function momentIn(given: string): string | undefined {
  // A plus that was not written as %2B arrives as a space.
  const whole = given.replace(/ (?=\d{2}:\d{2}$)/, '+');
  if (!form.test(whole) || !isDay(whole.slice(0, 10))) return undefined;
  const zoned = whole.length > 10 && !/(Z|[+-]\d{2}:\d{2})$/.test(whole) ? `${whole}Z` : whole;
  const moment = new Date(zoned);
  if (Number.isNaN(moment.getTime())) return undefined;
  // Moments of change have milliseconds; what is asked more finely lies after the one it is cut to.
  const finer = /\.\d{3}0*[1-9]/.test(zoned) ? 1 : 0;
  return new Date(moment.getTime() + finer).toISOString();
}
