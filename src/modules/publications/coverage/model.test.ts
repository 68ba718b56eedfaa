import { expect, test } from 'vitest';
import { coverageOf, type VoiceFacts } from './model.ts';

const voice = (words: Partial<VoiceFacts> = {}): VoiceFacts => ({
  language: 'ar',
  roleThen: 'newcomer',
  province: null,
  phases: [],
  ledBy: [],
  used: true,
  ...words,
});
const side = (voices: readonly VoiceFacts[], which: string) =>
  coverageOf(voices, ['Gelderland', 'Utrecht']).find((one) => one.side === which);

test('what nobody laid yet is told as missing, also when nothing was laid at all', () => {
  expect(side([], 'language')?.missing).toEqual(['nl', 'en', 'ar', 'ti', 'fa', 'uk', 'tr', 'fr']);
  expect(side([voice()], 'language')).toMatchObject({ carried: ['ar'], waiting: [] });
  expect(side([voice()], 'language')?.missing).not.toContain('ar');
  expect(side([], 'province')?.missing).toEqual(['Gelderland', 'Utrecht']);
});

test('a voice that lies ready but stands in no paragraph is not carried yet', () => {
  expect(side([voice({ used: false })], 'language')).toMatchObject({ carried: [], waiting: ['ar'] });
  expect(side([voice({ used: false }), voice()], 'language')).toMatchObject({ carried: ['ar'], waiting: [] });
});

test('a language the house does not speak is carried when somebody brought it, and never missed', () => {
  expect(side([voice({ language: 'so' })], 'language')?.carried).toEqual(['so']);
  expect(side([], 'language')?.missing).not.toContain('so');
});

test('one voice or many, what is carried reads the same', () => {
  const one = voice({ ledBy: ['refugee-led', 'not-said'], phases: ['arrival'], province: 'Gelderland' });
  expect(coverageOf([one, one, one], ['Gelderland'])).toEqual(coverageOf([one], ['Gelderland']));
  expect(side([one], 'ledBy')).toMatchObject({ carried: ['refugee-led'], missing: ['together', 'for'] });
});
