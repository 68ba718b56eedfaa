import { describe, expect, test } from 'vitest';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { languages } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { dayAsTold, nameMarks, partOf, piecesOf, relationTypes } from './model.ts';
import { aField, aRelation, aStone } from './testing.ts';

describe('a sentence about a relation', () => {
  test.each(languages)('holds both names exactly once, in %s, whichever way it is read', async (language) => {
    const say = speaker(language, await catalogueOnDisk('messages'));
    for (const type of relationTypes) {
      for (const way of ['says', 'back'] as const) {
        for (const past of ['yes', 'no']) {
          const pieces = piecesOf(say(`relations.${way}.${type}`, { ...nameMarks, past }));
          const names = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name]));
          expect(names.sort(), `${language} ${way} ${type}`).toEqual(['one', 'other']);
          expect(pieces.some((piece) => typeof piece === 'string' && piece.trim() !== '')).toBe(true);
        }
      }
    }
  });

  test('is split at its names without losing a letter', () => {
    expect(piecesOf('uit \u0001 is \u0002 ontstaan')).toEqual([
      'uit ',
      { name: 'one' },
      ' is ',
      { name: 'other' },
      ' ontstaan',
    ]);
  });
});

test('a part of the field brings along those it is connected to, but not their relations with others', () => {
  const field = aField(
    [
      aRelation('knit member-of church'),
      aRelation('church part-of council'),
      aRelation('council funded-by fund'),
    ],
    [aStone('knit', { province: 'PV25' }), aStone('choir', { province: 'PV25' })],
  );
  const part = partOf(field, (stone) => stone.province === 'PV25');
  expect([...part.field.stones.keys()].sort()).toEqual(['choir', 'church', 'knit']);
  expect([...part.around]).toEqual(['church']);
  expect(part.field.relations.map((relation) => relation.key)).toEqual(['knit/member-of/church']);
});

test('a day is told as precisely as it is known, never more', () => {
  expect(dayAsTold('2016-01-01', 'year', 'nl')).toBe('2016');
  expect(dayAsTold('2016-01-01', 'around', 'ar')).toBe('2016');
  expect(dayAsTold('2016-02-01', 'month', 'nl')).toBe('februari 2016');
  expect(dayAsTold('2016-02-09', 'day', 'nl')).toBe('9 februari 2016');
  expect(dayAsTold('2016-02-09', 'day', 'fa')).toContain('2016');
});
