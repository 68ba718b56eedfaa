import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/platform/i18n/languages.ts';
import { askedBy, formsNeeded, isLeftUntranslated, textOffences } from './messages.ts';

const files = readdirSync('messages/nl').filter((name) => name.endsWith('.json'));
const forNewcomers = files.filter((name) => !name.endsWith('.desk.json'));
const forTheDesk = files.filter((name) => name.endsWith('.desk.json'));
const read = (language: string, file: string) =>
  JSON.parse(readFileSync(`messages/${language}/${file}`, 'utf8')) as Record<string, string>;

function offencesOf(language: string, file: string): string[] {
  if (!existsSync(`messages/${language}/${file}`)) return ['the file is missing'];
  const source = read('nl', file);
  const mine = read(language, file);
  const missing = Object.keys(source).filter((key) => !(key in mine));
  const extra = Object.keys(mine).filter((key) => !(key in source));
  const wrong = Object.entries(mine)
    .filter(([key]) => key in source)
    .flatMap(([key, text]) => [
      ...textOffences(language, source[key] ?? '', text).map((what) => `${key} ${what}`),
      ...(isLeftUntranslated(language, source[key] ?? '', text)
        ? [`${key} is not written in its own script: ${text}`]
        : []),
    ]);
  return [
    ...missing.map((key) => `${key} is missing`),
    ...extra.map((key) => `${key} is not in Dutch`),
    ...wrong,
  ];
}

describe('every language a newcomer meets says what Dutch says', () => {
  test.each(languages.flatMap((language) => forNewcomers.map((file) => [language, file] as const)))(
    '%s/%s',
    (language, file) => {
      expect(offencesOf(language, file)).toEqual([]);
    },
  );
});

test('the back office speaks Dutch and English, and no language has a file of its own', () => {
  for (const file of forTheDesk) expect(offencesOf('en', file)).toEqual([]);
  for (const language of languages) {
    const mine = existsSync(`messages/${language}`)
      ? readdirSync(`messages/${language}`).filter((name) => name.endsWith('.json'))
      : [];
    const wanted = language === 'en' ? files : forNewcomers;
    expect(
      mine.filter((name) => language !== 'nl' && !wanted.includes(name)),
      language,
    ).toEqual([]);
  }
});

test('every Dutch text is one that a reader can be told: readable ICU, with both its forms', () => {
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    for (const [key, text] of Object.entries(read('nl', file)))
      expect(textOffences('nl', text, text), key).toEqual([]);
  }
});

test('Arabic counts in six forms, Ukrainian in three and other, Dutch in two', () => {
  expect(formsNeeded('ar')).toEqual(new Set(['zero', 'one', 'two', 'few', 'many', 'other']));
  expect(formsNeeded('uk')).toEqual(new Set(['one', 'few', 'many']));
  expect(formsNeeded('nl')).toEqual(new Set(['one', 'other']));
});

test('a translation that lost a value, a form, a brace or its script is found', () => {
  const source = '{count, plural, one {# plek} other {# plekken}} bij {place}';
  expect(textOffences('en', source, '{count, plural, one {# place} other {# places}} near {place}')).toEqual(
    [],
  );
  expect(textOffences('en', source, '{count, plural, one {# place} other {# places}}')).toContainEqual(
    expect.stringContaining('asks for count'),
  );
  expect(textOffences('ar', source, '{count, plural, one {مكان} other {# مكان}} قرب {place}')).toContainEqual(
    expect.stringContaining('without the form few, many, two, zero'),
  );
  const whole =
    '{count, plural, =0 {لا مكان} =1 {مكان} =2 {مكانان} few {# أماكن} many {# مكانا} other {# مكان}} قرب {place}';
  expect(textOffences('ar', source, whole)).toEqual([]);
  expect(
    textOffences('uk', source, '{count, plural, one {# місце} other {# місць}} біля {place}'),
  ).toContainEqual(expect.stringContaining('few, many'));
  expect(
    textOffences(
      'uk',
      source,
      '{count, plural, =1 {місце} few {# місця} many {# місць} other {# місця}} біля {place}',
    ),
  ).toContainEqual(expect.stringContaining('without the form one'));
  expect(textOffences('fr', source, '{count, plural, one {# lieu}')).toEqual([
    expect.stringContaining('cannot be read'),
  ]);
  expect(textOffences('fr', 'Ja', ' ')).toEqual(['is empty']);
  expect(isLeftUntranslated('ar', 'Wat zoek je?', 'What are you looking for?')).toBe(true);
  expect(isLeftUntranslated('uk', 'van {since} tot {until}', '{since} – {until}')).toBe(false);
  expect(isLeftUntranslated('ar', 'Als GeoJSON', 'GeoJSON')).toBe(false);
  expect([...askedBy('{led, select, together {samen} other {voor}}', 'nl').selects.keys()]).toEqual(['led']);
});
