import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, joined, keyOf, tongueOf, wordsOf, writtenIn } from './model.ts';

const folded = (text: string, language: string) => wordsOf(text, language).map((word) => word.folded);

describe('a word is the same word however it is written', () => {
  test('with or without accents, in any case', () => {
    expect(fold('Taalcafé')).toBe(fold('TAALCAFE'));
    expect(fold('Straße')).toBe('strasse');
    expect(fold('Œuvre naïve')).toBe('oeuvre naive');
  });

  test('Turkish with dotted and dotless i', () => {
    expect(folded('IŞIK', 'tr')).toEqual(folded('ışık', 'tr'));
    expect(fold('İstanbul')).toBe('istanbul');
  });

  test('Arabic with and without hamza, vowel signs, tatweel and ta marbuta', () => {
    expect(fold('أَحْمَد')).toBe(fold('احمد'));
    expect(fold('مــدرســة')).toBe(fold('مدرسه'));
    expect(fold('على')).toBe(fold('علي'));
  });

  test('Persian with Arabic or Persian ye and ke, with or without a joiner', () => {
    expect(fold('کتاب‌های')).toBe(fold('كتابهاي'));
    expect(fold('۱۲۳')).toBe('123');
  });

  test('Ukrainian with any apostrophe or none', () => {
    expect(folded("зв'язок", 'uk')).toEqual(folded('зв’язок', 'uk'));
    expect(folded('зв’язок', 'uk')).toEqual(folded('звязок', 'uk'));
  });

  test('Tigrinya with letters of the same sound', () => {
    expect(fold('ሓይሊ')).toBe(fold('ሃይሊ'));
    expect(fold('ሠላም')).toBe(fold('ሰላም'));
    expect(fold('ፀሓይ')).toBe(fold('ጸሃይ'));
  });
});

describe('punctuation only separates', () => {
  test('also that of Ethiopic and Arabic', () => {
    expect(folded('ሰላም፡ዓለም።', 'ti')).toHaveLength(2);
    expect(folded('نعم، لا؟', 'ar')).toHaveLength(2);
  });

  test('and a Thai sentence still falls into words', () => {
    expect(folded('ฉันเรียนภาษา', 'th').length).toBeGreaterThan(1);
  });

  test('whole names are the same with and without hyphen, space and sign', () => {
    expect(joined('Taal-Café “Samen”')).toBe(joined('taalcafe samen'));
  });
});

test('a foreign name in an Arabic text does not follow Arabic rules', () => {
  expect(tongueOf('takecarebnb', 'ar')).toBe('xx');
  expect(tongueOf('سلام', 'ar')).toBe('ar');
});

test('a word counts as written only as a whole word', () => {
  const isWritten = writtenIn('Het Taalcafé is open');
  expect(isWritten('taalcafe')).toBe(true);
  expect(isWritten('taal')).toBe(false);
});

test('whatever is typed, reading it never throws and never yields an empty word', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('nl', 'ar', 'uk', 'ti', 'xx'),
      (text, language) => {
        for (const word of wordsOf(text, language)) {
          expect(word.folded.length).toBeGreaterThan(0);
          expect(word.folded).not.toMatch(/[\0\s{}",\\]/u);
          expect(word.plain.isWellFormed()).toBe(true);
        }
      },
    ),
  );
});

test('the number of a word is a signed 32-bit integer and differs by language', () => {
  expect(keyOf('nl', 'die')).not.toBe(keyOf('de', 'die'));
  fc.assert(
    fc.property(
      fc.string(),
      (word) => Number.isInteger(keyOf('nl', word)) && Math.abs(keyOf('nl', word)) <= 2 ** 31,
    ),
  );
});
