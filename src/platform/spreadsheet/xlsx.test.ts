import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { anXlsx, xlsxFiles } from './testing.ts';
import { readXlsx } from './xlsx.ts';
import { packed, unpack } from './zip.ts';

const limits = { bytesInside: 1_000_000, rows: 1_000, columns: 50, cells: 5_000 };
const read = async (file: Buffer) => {
  const told = await readXlsx(file, limits);
  return told.ok ? told.sheets : told.reason;
};

test('texts, numbers, days and what formulas came to are read as texts', async () => {
  const sheets = await read(
    anXlsx({
      Blad1: [
        ['naam', 'nummer', 'dag', 'som'],
        [
          'Taalcafé & zo',
          12345678901,
          { day: 42409 },
          { xml: '<c r="D2" t="str"><f>A2&amp;"!"</f><v>ja!</v></c>' },
        ],
        ['', 0.1, '', { xml: '<c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c>' }],
      ],
      Leeg: [],
    }),
  );
  expect(sheets).toEqual([
    {
      name: 'Blad1',
      records: [
        ['naam', 'nummer', 'dag', 'som'],
        ['Taalcafé & zo', '12345678901', '2016-02-09', 'ja!'],
        ['', '0.1', '', '#DIV/0!'],
      ],
    },
    { name: 'Leeg', records: [] },
  ]);
});

/** An archive whose one sheet is told to be as small as it looks, and unpacks to `size` bytes. */
function bomb(size: number): Buffer {
  const files = xlsxFiles({ Blad1: [['a']] });
  const small = deflateRawSync(Buffer.alloc(size, '<'), { level: 9 });
  files.set('xl/worksheets/sheet1.xml', small);
  const archive = packed(files);
  // Method 8 in both of its headers: what was stored is said to be deflated.
  for (const mark of [0x04034b50, 0x02014b50]) {
    const name = Buffer.from('xl/worksheets/sheet1.xml');
    for (let at = 0; at < archive.length - 46; at++) {
      const local = mark === 0x04034b50;
      const begins = at + (local ? 30 : 46);
      if (archive.readUInt32LE(at) !== mark || !archive.subarray(begins, begins + name.length).equals(name))
        continue;
      archive.writeUInt16LE(8, at + (local ? 8 : 10));
      archive.writeUInt32LE(100, at + (local ? 22 : 24));
    }
  }
  return archive;
}

test('a small file that unpacks to more than may be is refused before it does, whatever it says of its size', async () => {
  const file = bomb(200_000_000);
  expect(file.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage().rss;
  expect(await read(file)).toBe('too_big_inside');
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

test('a cell far out in the sheet is refused, for a reader would fill in all before it', async () => {
  expect(
    await read(anXlsx({ B: { rawRows: '<row r="900000000"><c r="A900000000"><v>1</v></c></row>' } })),
  ).toBe('too_many_cells');
  expect(await read(anXlsx({ B: { rawRows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' } }))).toBe(
    'too_many_cells',
  );
  expect(await read(anXlsx({ B: { rawRows: '<row>' + '<c><v>1</v></c>'.repeat(6_000) + '</row>' } }))).toBe(
    'too_many_cells',
  );
});

test.each([
  ['no archive', Buffer.from('PK\u0003\u0004 and then nothing')],
  ['an archive of something else', packed(new Map([['word/document.xml', Buffer.from('<w/>')]]))],
  ['a workbook without its sheets', packed(new Map([['xl/workbook.xml', Buffer.from('<workbook/>')]]))],
  ['a sheet that is broken off', packed(xlsxFiles({ B: { rawRows: '<row r="1"><c r="A1"' } }))],
  ['a cell without an address', anXlsx({ B: { rawRows: '<row><c><v>1</v></c></row>' } })],
])('%s is no spreadsheet', async (_, file) => {
  expect(await read(file)).toBe('not_a_spreadsheet');
});

test('what is packed can be unpacked, and only what is wanted is', async () => {
  const files = new Map([
    ['one.xml', Buffer.from('één')],
    ['two.bin', Buffer.alloc(2_000, 7)],
  ]);
  const all = await unpack(packed(files), () => true, 10_000);
  expect(all.ok && [...all.files]).toEqual([...files]);
  const some = await unpack(packed(files), (name) => name.endsWith('.xml'), 10);
  expect(some.ok && [...some.files.keys()]).toEqual(['one.xml']);
});
