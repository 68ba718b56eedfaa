import { expect, test } from 'vitest';
import type { MessageKey } from './keys.ts';
import { speaker } from './speech.ts';

const key = (word: string) => word as MessageKey;
const catalogue = {
  nl: {
    'made.count': '{count, plural, =0 {geen} one {# groep} other {# groepen}}',
    'made.plain': 'Welkom',
    'made.only': 'Alleen Nederlands',
    'made.name': 'Dag {name}',
  },
  ar: {
    'made.count':
      '{count, plural, zero {لا شيء} one {مجموعة واحدة} two {مجموعتان} few {# مجموعات} many {# مجموعة} other {# مجموعة}}',
    'made.plain': 'أهلا',
  },
};

test('a count is told in the plural of its language, in Latin digits', () => {
  const [nl, ar] = [speaker('nl', catalogue), speaker('ar', catalogue)];
  expect([0, 1, 12].map((count) => nl(key('made.count'), { count }))).toEqual([
    'geen',
    '1 groep',
    '12 groepen',
  ]);
  expect([0, 1, 2, 3, 11, 100].map((count) => ar(key('made.count'), { count }))).toEqual([
    'لا شيء',
    'مجموعة واحدة',
    'مجموعتان',
    '3 مجموعات',
    '11 مجموعة',
    '100 مجموعة',
  ]);
});

test('a text that a language lacks is told in Dutch, and a text that does not exist is a mistake of ours', () => {
  expect(speaker('ar', catalogue)(key('made.only'))).toBe('Alleen Nederlands');
  expect(() => speaker('ar', catalogue)(key('made.nothing'))).toThrow("'made.nothing'");
});

test('what someone typed goes through a text as it is, whatever signs it holds', () => {
  const say = speaker('nl', catalogue);
  for (const name of ['{name}', "'{count}'", '<b>x</b>', '{count, plural, other {#}}', '\u0000', 'اسم'])
    expect(say(key('made.name'), { name })).toBe(`Dag ${name}`);
});

test('an address keeps its language', () => {
  const say = speaker('ar', catalogue);
  expect([say.to('/'), say.to('/initiatives'), say.direction]).toEqual(['/ar', '/ar/initiatives', 'rtl']);
  expect([say.has('made.plain'), say.has('made.nothing')]).toEqual([true, false]);
});
