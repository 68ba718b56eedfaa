import { expect, test } from 'vitest';
import { parseAlt, parseBrought } from './input.ts';

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
