import { expect, test } from 'vitest';
import { anXlsx } from '#platform/spreadsheet/testing.ts';
import type { Table } from '../model.ts';
import { readFile } from './input.ts';

const file = (text: string) => Buffer.from(text);
async function refusal(bytes: Buffer, sheet: string | null = null) {
  const read = await readFile(bytes, sheet);
  return read.ok ? read.kind : [read.reason, read.row, read.found];
}
async function table(bytes: Buffer, sheet: string | null = null): Promise<Table> {
  const read = await readFile(bytes, sheet);
  if (!read.ok || read.kind !== 'table') throw new Error(JSON.stringify(read));
  return read.table;
}

test.each([
  ['an empty file', file(''), ['empty', 0, '']],
  ['a file with only a header', file('naam;plaats\n'), ['only_header', 1, '']],
  ['a file with empty rows under its header', file('naam;plaats\n;\n ; \n'), ['only_header', 1, '']],
  ['a file that begins with its data', file('1,2\n3,4\n'), ['no_header', 1, '']],
  ['two columns with one name', file('naam;plaats;Naam;naam\na;b;c;d\n'), ['doubled_header', 1, 'naam']],
  ['a letter that is no table', file('Geachte heer\nhierbij\n'), ['one_column', 1, '']],
  ['a quote that is not closed', file('naam,plaats\n"a,b\nc,d\n'), ['quote_not_closed', 3, '']],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), ['not_text', 1, '']],
  ['a PDF', Buffer.from('%PDF-1.7\n\u0000\u0001'), ['not_text', 2, '']],
  ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), ['old_excel', 0, '']],
  ['an archive of something else', Buffer.from('PK\u0003\u0004xxxx'), ['not_a_spreadsheet', 0, '']],
  ['JSON that is broken off', file('[{"name": "a"'), ['not_json', 0, expect.any(String)]],
  ['JSON that is no list', file('{"name": "a"}'), ['not_a_list', 0, '']],
  ['an empty list', file('[]'), ['empty', 0, '']],
  ['a file of more than 16 MB', Buffer.alloc(16 * 1024 * 1024 + 1, 97), ['too_big', 0, '17']],
  [
    'too many columns',
    file(`${Array.from({ length: 201 }, (_, at) => `k${at}`).join()}\n1,2\n`),
    ['too_many_columns', 0, '201'],
  ],
  ['too many rows', file(`naam,plaats\n${'a,b\n'.repeat(50_001)}`), ['too_many_rows', 0, '50000']],
])('%s is refused, and why', async (_, bytes, refused) => {
  expect(await refusal(bytes)).toEqual(refused);
});

test('rows are counted as a spreadsheet counts them, empty ones too, and columns without a name go by their letter', async () => {
  const told = await table(file('\n naam ;;plaats\n\nTaalcafé;x;Ede\r\n;;\n"Samen\nEen";;Arnhem'));
  expect(told.columns).toEqual(['naam', 'B', 'plaats']);
  expect(told.rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
    [4, 'Taalcafé'],
    [6, 'Samen\nEen'],
  ]);
  expect(told.about).toEqual({ encoding: 'utf-8', delimiter: ';' });
});

test('of a spreadsheet the sheet that is asked for counts, or else the first with rows', async () => {
  const book = anXlsx({
    Toelichting: [['Lees dit eerst']],
    Lijst: [
      ['naam', 'plaats'],
      ['Taalcafé', 'Ede'],
    ],
    Oud: [
      ['naam', 'plaats'],
      ['Weg', 'Epe'],
    ],
  });
  expect((await table(book)).about).toEqual({ sheet: 'Lijst', sheets: ['Toelichting', 'Lijst', 'Oud'] });
  expect((await table(book, 'Oud')).rows).toEqual([{ row: 2, cells: ['Weg', 'Epe'] }]);
  expect(await refusal(book, 'Blad9')).toEqual(['no_such_sheet', 0, 'Blad9 (Toelichting, Lijst, Oud)']);
  expect(await refusal(book, 'Toelichting')).toEqual(['only_header', 1, '']);
});

test('features become rows with their point, and what is no point says what it is', async () => {
  const told = await table(
    file(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id: 7,
            geometry: { type: 'Point', coordinates: [5.9, 51.98] },
            properties: { title: 'Een', tags: ['a', 'b'], deep: { er: { than: 1 } } },
          },
          {
            type: 'Feature',
            geometry: { type: 'Polygon', coordinates: [[[5, 52]]] },
            properties: { title: 'Twee' },
          },
          { type: 'Feature', geometry: null, properties: null },
          'nonsense',
        ],
      }),
    ),
  );
  expect(told).toMatchObject({ form: 'geojson', columns: ['id', 'title', 'tags', 'latitude', 'longitude'] });
  expect(told.rows.map(({ cells }) => cells)).toEqual([
    ['7', 'Een', 'a;b', '51.98', '5.9'],
    ['', 'Twee', '', 'Polygon', 'Polygon'],
    ['', '', '', '', ''],
    ['', '', '', '', ''],
  ]);
});

test('records of a map such as Karte von morgen become rows, what lies in an address too', async () => {
  const told = await table(
    file(
      JSON.stringify([
        { id: 'x1', title: 'Een', lat: 52.1, lng: 5.2, address: { city: 'Ede' }, tags: ['taal'] },
      ]),
    ),
  );
  expect(told.columns).toEqual(['id', 'title', 'lat', 'lng', 'address.city', 'tags']);
  expect(told.rows[0]).toEqual({ row: 1, cells: ['x1', 'Een', '52.1', '5.2', 'Ede', 'taal'] });
});

test('a file in the form of HSDS is known by what it holds', async () => {
  expect(await refusal(file(JSON.stringify({ contents: [{ id: 'a', name: 'b', services: [] }] })))).toBe(
    'hsds',
  );
});
