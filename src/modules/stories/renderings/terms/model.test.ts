import { expect, test } from 'vitest';
import { languages } from '#platform/i18n/languages.ts';
import { termsIn } from './model.ts';
import { termsOfTheField } from './queries.server.ts';

const terms = await termsOfTheField();
const offered = (text: string, from: string, to: string) =>
  termsIn(text, from, to, terms).map((offer) => offer.offered);

test('every word of the field has a wording in each of our languages', () => {
  expect(terms.length).toBeGreaterThan(10);
  for (const term of terms)
    for (const language of languages) expect(term[language]?.[0]?.trim()).toBeTruthy();
});

test.each([
  ['De gemeente hielp ons.', 'nl', 'ar', ['بلدية']],
  ['De vrijwilligers in het buurthuis', 'nl', 'en', ['community centre', 'volunteer']],
  ['ذهبنا إلى البلدية مع الجيران', 'ar', 'nl', ['gemeente', 'buurman']],
  ['ሰላም ጎረቤት', 'ti', 'nl', ['buurman']],
  ['Mon café des langues', 'fr', 'uk', ['мовне кафе']],
  ['Gemeenschap is iets anders.', 'nl', 'ar', []],
])('%s (%s to %s): the words of the field in it are offered', (text, from, to, wanted) => {
  expect(offered(text, from, to).sort()).toEqual([...wanted].sort());
});

test('for a language the house does not speak nothing is offered', () => {
  expect(offered('De gemeente', 'nl', 'so')).toEqual([]);
  expect(offered('De gemeente', 'nl', 'nl')).toEqual([]);
});
