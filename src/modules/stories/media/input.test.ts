import { expect, test } from 'vitest';
import { parseAlt, parseBrought, parseRange } from './input.ts';

test('of a sound any one part can be asked for, and no part beyond its end', () => {
  expect(parseRange(null, 100)).toBeNull();
  expect(parseRange('bytes=0-', 100)).toEqual({ from: 0, length: 100 });
  expect(parseRange('bytes=10-19', 100)).toEqual({ from: 10, length: 10 });
  expect(parseRange('bytes=90-500', 100)).toEqual({ from: 90, length: 10 });
  expect(parseRange('bytes=-30', 100)).toEqual({ from: 70, length: 30 });
  expect(parseRange('bytes=-300', 100)).toEqual({ from: 0, length: 100 });
  for (const beyond of ['bytes=100-', 'bytes=100-200', 'bytes=-0'])
    expect(parseRange(beyond, 100), beyond).toBe('unsatisfiable');
  for (const unclear of ['bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=1e3-', '-5'])
    expect(parseRange(unclear, 100), unclear).toBeNull();
});

test('what can be seen is one line, and nothing is not something', () => {
  expect(parseAlt('  Mijn zus\r\n\tbij de boot\0 ')).toBe('Mijn zus bij de boot');
  expect(parseAlt(' \n ')).toBeNull();
  expect(parseAlt(null)).toBeNull();
  expect(parseAlt('😀'.repeat(900))?.length).toBeLessThanOrEqual(1_000);
});

test('the name of a file is not read, and a block is only a block by its key', () => {
  const form = new FormData();
  form.set('file', new File(['x'], '../../<b>.jpg'));
  form.set('after', "x' or 1=1");
  const { file, ...rest } = parseBrought(form);
  expect(file?.size).toBe(1);
  expect(rest).toEqual({ alt: null, after: null });
});
