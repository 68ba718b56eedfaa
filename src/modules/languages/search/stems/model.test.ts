import { describe, expect, test } from 'vitest';
import { fold } from '../model.ts';
import { dictionaryOf, lightStem } from './model.ts';

const stem = (word: string, language: string) => lightStem(fold(word), language);

describe('words of one family share their stem', () => {
  test.each([
    ['ar', ['مدرسة', 'المدرسة', 'والمدرسة', 'بالمدرسة', 'للمدرسة']],
    ['ar', ['لاجئ', 'اللاجئون', 'لاجئين', 'اللاجئات']],
    ['uk', ['біженці', 'біженців', 'біженцям', 'біженець']],
    ['uk', ['школа', 'школи', 'школу', 'школою']],
    ['uk', ['мова', 'мови', 'мову', 'мовою']],
    ['fa', ['کتاب', 'کتاب‌ها', 'کتابهای']],
    ['fa', ['پناهنده', 'پناهندگان', 'پناهندگی']],
    ['ti', ['ስደተኛ', 'ስደተኛታት', 'ንስደተኛታት']],
  ] as const)('%s: %j', (language, words) => {
    expect(new Set(words.map((word) => stem(word, language))).size).toBe(1);
  });
});

test('a short word is left whole', () => {
  expect(stem('لا', 'ar')).toBe('لا');
  expect(stem('дім', 'uk')).toBe('дім');
});

test('Dutch is stemmed by PostgreSQL, Ukrainian by this house', () => {
  expect(dictionaryOf('nl')).toBe('dutch_stem');
  expect(dictionaryOf('uk')).toBeNull();
});
