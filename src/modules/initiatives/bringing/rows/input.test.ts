import { expect, test } from 'vitest';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import type { Field, Table } from '../model.ts';
import { vocabularyOf } from '../vocabulary/model.ts';
import { readRows } from './input.ts';

const words = vocabularyOf(await catalogueOnDisk());
const today = '2026-11-22';

/** Reads rows whose columns are called as the fields they mean. */
function read(rows: readonly Partial<Record<Field, string>>[], also: readonly Field[] = []) {
  const columns = [...new Set([...also, ...rows.flatMap((row) => Object.keys(row) as Field[])])];
  const table: Table = {
    form: 'csv',
    columns,
    rows: rows.map((row, at) => ({ row: at + 2, cells: columns.map((column) => row[column] ?? '') })),
    about: {},
  };
  const mapping = Object.fromEntries(columns.map((column) => [column, column]));
  return readRows(table, { source: 'lijst', mapping, words, today });
}
const good = { name: 'Taalcafé de Linde', municipality: 'Ede' };
const problemsOf = (row: Partial<Record<Field, string>>) =>
  read([{ ...good, ...row }]).problems.map(({ field, reason }) => `${field} ${reason}`);

test('a row becomes an entry, in whatever words its values are written', () => {
  const { rows, problems } = read([
    {
      ...good,
      key: 'A-1',
      names: 'TdL; De Linde',
      kind: 'Stichting',
      'summary:nl': 'Praten en lezen.',
      'summary:ar': 'نتكلم ونقرأ',
      website: 'www.delinde.nl/over',
      mail: 'Info@DeLinde.nl',
      phone: '+31 (0)318 – 12 34 56',
      lat: '52,0401',
      lon: '5.6649',
      precision: 'straat',
      phases: 'Landen|rooting',
      themes: 'Taal, Werk en inkomen',
      audiences: 'vrouwen, jongeren',
      languages: 'Arabisch; ti; Türkçe',
      ledBy: 'ja',
      formality: '2',
      scope: 'wijk',
      founded: '9-2-2016',
      ended: '',
      status: 'actief',
      source: 'https://example.org/a,b',
    },
  ]);
  expect(problems).toEqual([]);
  expect(rows[0]).toMatchObject({
    row: 2,
    key: 'A-1',
    place: { municipality: 'Ede', lat: 52.0401, lon: 5.6649, precision: 'street' },
    entry: {
      shape: {
        name: 'Taalcafé de Linde',
        kind: 'ngo',
        formality: 2,
        ledBy: 'refugee-led',
        scope: 'neighbourhood',
        phases: ['landing', 'rooting'],
        themes: ['language', 'work'],
        audiences: ['vrouwen', 'jongeren'],
        languages: ['ar', 'ti', 'tr'],
      },
      names: ['TdL', 'De Linde'],
      website: 'https://www.delinde.nl/over',
      mail: 'info@delinde.nl',
      phone: '+31 (0)318 - 12 34 56',
      lastSign: 'seen',
      sources: ['https://example.org/a,b'],
      texts: [
        { language: 'nl', text: 'Praten en lezen.' },
        { language: 'ar', text: 'نتكلم ونقرأ' },
      ],
      events: [{ key: 'lijst/A-1/founded', kind: 'founded', day: '2016-02-09', precision: 'day' }],
    },
  });
});

test.each<[string, Partial<Record<Field, string>>, string]>([
  ['no name', { name: '  ' }, 'name missing'],
  ['a name of 201 letters', { name: 'n'.repeat(201) }, 'name too_long'],
  ['a name that turns the page around', { name: 'Taal\u202ecafé' }, 'name unreadable'],
  ['letters that were broken on the way', { name: 'TaalcafÃ© de Linde' }, 'name broken_letters'],
  ['Arabic letters that were broken', { names: 'Ù…Ø±Ø­Ø¨Ø§' }, 'names broken_letters'],
  ['signs that stand for lost letters', { 'summary:nl': 'Caf\ufffd' }, 'summary:nl broken_letters'],
  ['a formula', { name: '=HYPERLINK("https://example.org")' }, 'name formula'],
  ['a formula that hides behind a plus', { 'summary:nl': '+cmd|calc' }, 'summary:nl formula'],
  ['what a formula came to when it failed', { website: '#N/A' }, 'website formula_error'],
  ['a text of more than 5,000 letters', { 'summary:nl': 'a'.repeat(5_001) }, 'summary:nl too_long'],
  ['a cell of more than 10,000 letters', { audiences: 'a'.repeat(10_001) }, 'audiences too_long'],
  ['a kind nobody knows', { kind: 'raket' }, 'kind not_allowed'],
  ['a theme nobody knows among others', { themes: 'Taal; Vissen' }, 'themes not_allowed'],
  ['a formality beyond five', { formality: '7' }, 'formality not_allowed'],
  ['a language nobody speaks', { languages: 'nl; klingons' }, 'languages not_a_language'],
  ['a word for a date', { founded: 'lang geleden' }, 'founded not_a_date'],
  ['a day that is not in the calendar', { founded: '30-2-2016' }, 'founded not_a_date'],
  ['a number that a spreadsheet made of a date', { founded: '42409' }, 'founded not_a_date'],
  ['a month before the day', { founded: '2/13/2016' }, 'founded not_a_date'],
  ['a beginning in the future', { founded: '2031' }, 'founded in_future'],
  ['an end before the beginning', { founded: '2016', ended: '2012' }, 'ended wrong_order'],
  ['an address with a space in it', { website: 'de linde.nl' }, 'website not_a_website'],
  ['an address of a script', { website: 'javascript:alert(1)' }, 'website not_a_website'],
  ['an address with a password', { website: 'https://a:b@example.org' }, 'website not_a_website'],
  ['an address that is a word', { website: 'geen' }, 'website not_a_website'],
  ['a mail address without its house', { mail: 'info@' }, 'mail not_a_mail'],
  ['two mail addresses', { mail: 'a@example.org, b@example.org' }, 'mail not_a_mail'],
  ['a telephone number of words', { phone: 'bel maar' }, 'phone not_a_phone'],
  ['half a point', { lat: '52.04' }, 'lon half_a_point'],
  ['degrees that are a word', { lat: 'noord', lon: '5.6' }, 'lat not_a_number'],
  ['degrees that changed places', { lat: '5.66', lon: '52.04' }, 'lat degrees_swapped'],
  ['a point in the sea of Norway', { lat: '66.0', lon: '5.0' }, 'lat not_a_place'],
  ['a point that is a shape', { lat: 'Polygon', lon: 'Polygon' }, 'lat not_a_point'],
  ['no place at all', { municipality: '' }, 'municipality no_place'],
  ['a precision nobody knows', { precision: 'ongeveer' }, 'precision not_allowed'],
])('%s is told with its field, and nothing else is', (_, row, problem) => {
  expect(problemsOf(row)).toEqual([problem]);
});

test('every fault of a row is told, with its row, its column, what stood there and a hint', () => {
  const { rows, problems } = read([good, { ...good, name: '', kind: 'stichtng', mail: 'x' }], ['phone']);
  expect(rows).toHaveLength(1);
  expect(problems).toEqual([
    { row: 3, field: 'name', column: 'name', reason: 'missing', found: '', hint: '' },
    { row: 3, field: 'kind', column: 'kind', reason: 'not_allowed', found: 'stichtng', hint: 'ngo' },
    { row: 3, field: 'mail', column: 'mail', reason: 'not_a_mail', found: 'x', hint: '' },
  ]);
});

test('a key that comes twice is told with the row it came first in, also when that row is faulty', () => {
  const twice = read([
    { ...good, key: '7', mail: 'x' },
    { ...good, key: '7' },
    { ...good, key: '' },
  ]);
  expect(twice.problems.map(({ row, field, reason, hint }) => [row, field, reason, hint])).toEqual([
    [2, 'mail', 'not_a_mail', ''],
    [3, 'key', 'doubled', '2'],
    [4, 'key', 'missing', ''],
  ]);
});

test('without a column of keys name and place are the key, however they are spelled', () => {
  const twice = read([
    good,
    { name: 'TAALCAFE  de-linde', municipality: 'ede' },
    { ...good, municipality: 'Epe' },
  ]);
  expect(twice.rows.map(({ key }) => key)).toEqual(['taalcafedelinde|ede', 'taalcafedelinde|epe']);
  expect(twice.problems).toMatchObject([{ row: 3, field: 'name', reason: 'doubled', hint: '2' }]);
});

test('a row with more cells than there are columns is told, for its fields have shifted', () => {
  const mapping = { naam: 'name', plaats: 'municipality' } as const;
  const table: Table = {
    form: 'csv',
    columns: ['naam', 'plaats'],
    rows: [
      { row: 2, cells: ['Taal', 'Ede', '', ' '] },
      { row: 3, cells: ['Taal', ' de Linde', 'Ede'] },
      { row: 4, cells: ['Taal 2'] },
    ],
    about: {},
  };
  const { rows, problems } = readRows(table, { source: 's', mapping, words, today });
  expect(rows.map(({ row }) => row)).toEqual([2]);
  expect(problems.map(({ row, reason }) => [row, reason])).toEqual([
    [3, 'too_many_cells_in_row'],
    [4, 'no_place'],
  ]);
});

test('an apostrophe that keeps a spreadsheet from reckoning is no part of the text, and a telephone number is no formula', () => {
  const { rows, problems } = read([{ ...good, phone: "'+31612345678", 'summary:nl': '- een streepje' }]);
  expect(problems).toEqual([]);
  expect(rows[0]?.entry).toMatchObject({ phone: '+31612345678', texts: [{ text: '- een streepje' }] });
});

test('fields without a column are not told, so that what is known of them stays', () => {
  const [row] = read([{ ...good, kind: '', themes: '' }]).rows;
  expect([...(row?.unsaid ?? [])]).toEqual(
    expect.arrayContaining(['kind', 'mail', 'website', 'languages', 'lastSign']),
  );
  expect(row?.unsaid.has('themes')).toBe(false);
});

test('who stopped, and when, becomes an end; when nobody knows, it was so at the latest today', () => {
  const events = (row: Partial<Record<Field, string>>) =>
    read([{ ...good, ...row }]).rows[0]?.entry.events.map(({ kind, day, precision }) => [
      kind,
      day,
      precision,
    ]);
  expect(events({ ended: 'maart 2021', founded: '~2010' })).toEqual([
    ['founded', '2010-01-01', 'around'],
    ['ended', '2021-03-01', 'month'],
  ]);
  expect(events({ status: 'gestopt' })).toEqual([
    ['noticed', null, 'unknown'],
    ['ended', today, 'at-latest'],
  ]);
});

test('when almost every row is faulty, the reading stops and does not go on for ever', () => {
  const { problems } = read(Array.from({ length: 3_000 }, () => ({ name: '', municipality: 'Ede' })));
  expect(problems).toHaveLength(2_000);
});
