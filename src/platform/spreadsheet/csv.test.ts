import { expect, test } from 'vitest';
import { readCsv } from './csv.ts';

const read = (text: string) => readCsv(text, 100);

test.each([
  ['commas', 'a,b\n1,"x, y"\n', ','],
  ['semicolons', 'a;b\n1;x, y\n2;"z;z"\n', ';'],
  ['tabs', 'a\tb\n1\tx, y; z\n', '\t'],
  ['bars', 'a|b\n1|x\n', '|'],
  ['what the first line says', 'sep=;\na;b\n1,0;2,0\n', ';'],
])('fields cut by %s are told apart', (_, text, delimiter) => {
  const told = read(text);
  expect(told).toMatchObject({ ok: true, delimiter });
  expect(told.ok && told.records[0]).toEqual(['a', 'b']);
  expect(told.ok && told.records.every((record) => record.length === 2)).toBe(true);
});

test('a field may hold line ends and quotes, and an empty line keeps its number', () => {
  const told = read('a,b\r\n"x\ny","say ""hi"""\r\n\r\n3,4\r\n');
  expect(told.ok && told.records).toEqual([['a', 'b'], ['x\ny', 'say "hi"'], [''], ['3', '4']]);
});

test.each([
  ['a quote that is never closed', 'a,b\n1,"x\n2,y\n', 'quote_not_closed'],
  ['a quote in the middle of a quoted field', 'a,b\n1,"x" y\n', 'quote_inside'],
])('%s is told with its line', (_, text, reason) => {
  expect(read(text)).toMatchObject({ ok: false, reason, row: expect.any(Number) as number });
});

test('no more records are read than are asked for', () => {
  const told = readCsv('a\n'.repeat(1_000), 10);
  expect(told.ok && told.records).toHaveLength(10);
});
