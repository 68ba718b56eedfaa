import { expect, test } from 'vitest';
import { readHome } from './address.ts';

test('the address of the house is what people type, with nothing after it', () => {
  expect(readHome({ STEPPINGSTONES_ADDRESS: 'https://steppingstones.example' })?.origin).toBe(
    'https://steppingstones.example',
  );
  expect(readHome({})).toBeUndefined();
});

test.each([
  'steppingstones.example',
  'ftp://steppingstones.example',
  'https://steppingstones.example/nl',
  'https://a:b@steppingstones.example',
])('an address that cannot be meant is refused in one sentence: %s', (said) => {
  expect(() => readHome({ STEPPINGSTONES_ADDRESS: said })).toThrow('is not an address of a house');
});

test('no letter leaves a house that does not know its own address, or a forged Host could choose where its links lead', () => {
  expect(() => readHome({ SMTP_URL: 'smtp://mail.example:587' })).toThrow(
    'SMTP_URL needs STEPPINGSTONES_ADDRESS',
  );
});
