import { expect, test } from 'vitest';
import { noShape, settable } from './letters.server.ts';

test('words in the languages of the field are set as they are', () => {
  const words = 'Één thee, ‘zei’ ze. الثقة أولاً ሰላም፣ Ґанок їжак می‌رود İçişleri œuvre ă đ';
  expect(settable(words)).toEqual({ words, missing: [] });
});

test('what turns the direction of others’ words, and what cannot be seen, is not set', () => {
  expect(settable('a\u202eb\u2066c\u2069\u0000d\u0007e').words).toBe('abcde');
  expect(settable('regel\r\nregel\u2028regel').words).toBe('regel\nregel\nregel');
  // Half a letter is no letter.
  expect(settable('x\ud800y').words).toBe('x\ufffdy');
});

test('a sign without a shape is a ring, and a letter without one is told', () => {
  expect(settable('thee \u{1f375}\u{1f44d}\u{1f3fd}')).toEqual({
    words: `thee ${noShape}${noShape}`,
    missing: [],
  });
  expect(settable('中文 中').missing).toEqual(['中', '文']);
});

test('a word wider than a page may be broken anywhere, and loses no letter', () => {
  const { words } = settable('a'.repeat(1_000));
  expect(words).toContain('\u200b');
  expect(words.replaceAll('\u200b', '')).toBe('a'.repeat(1_000));
  expect(settable('meervoudigepersoonlijkheidsstoornissen').words).not.toContain('\u200b');
});
