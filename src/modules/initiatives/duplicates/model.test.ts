import { expect, test } from 'vitest';
import { comparedOf, likeness, marksOf, worth, type Told } from './model.ts';

const places = new Map(
  [
    'Arnhem',
    'Ede',
    'Groenlo',
    'Lichtenvoorde',
    'Zwolle',
    'Het Hogeland',
    'Voorburg',
    'Leidschendam-Voorburg',
  ].map((name) => [name.toLowerCase().replace('-', ' '), name] as const),
);
const told = (name: string, more: Partial<Told> = {}): Told => ({
  names: [name],
  municipality: 'GM0202',
  point: null,
  website: null,
  mail: null,
  phone: null,
  ...more,
});
const compared = (one: Told | string) => comparedOf(typeof one === 'string' ? told(one) : one, places);
const between = (one: Told | string, other: Told | string) => likeness(compared(one), compared(other));
const proposed = (one: Told | string, other: Told | string) => between(one, other).score >= worth.proposing;
const asked = (one: Told | string, other: Told | string) => between(one, other).score >= worth.asking;

test.each([
  ['another legal form', 'Stichting Toevlucht', 'Toevlucht Foundation'],
  ['a coöperatie', 'Wereldpand', 'Coöperatie Wereldpand U.A.'],
  ['a German form with stops', 'Vereniging Roshan Arnhem', 'Roshan e.V.'],
  ['a slip of the hand', 'Taalcafé Samentaal', 'Taalcafe Samental'],
  ['words the other way round', 'Arnhem Welkom Hier', 'Welkom Hier Arnhem'],
  ['a town that is only named in one', 'Makers Unite', 'Makers Unite Arnhem'],
  ['Arabic letters', 'Makers Samentaal', 'ماكرس سامنتال'],
  ['Persian letters', 'Gastvrij Oost', 'خاستفری اوست'],
  ['Cyrillic letters', 'Stichting Toevlucht', 'Стіхтінг Тувлухт'],
  ['Ge’ez letters', 'Welkom Hier', 'ዌልኮም ሂር'],
  ['Greek letters', 'Startblok Riekerhaven', 'Σταρτμπλοκ Ρίκερχαβεν'],
])('in one town, %s makes it no other initiative: %s', (_, one, other) => {
  expect(proposed(one, other)).toBe(true);
});

test.each([
  ['VluchtelingenWerk Arnhem', 'VluchtelingenWerk Ede'],
  ['VluchtelingenWerk Oost Nederland', 'VluchtelingenWerk Noord-Nederland'],
  ['VluchtelingenWerk Nederland', 'Vluchtelingenfonds Arnhem'],
  ['Taalcafé Groenlo', 'Taalcafé Lichtenvoorde'],
  ['Gemeente Het Hogeland', 'Colourful Het Hogeland'],
  ['Fonds 1818', 'Fonds 1819'],
  ['Boost', 'Hoost'],
  ['Taalcafé', 'Taalcafé'],
  ['Welkom', 'Welkom'],
])('%s and %s are two, also in one town', (one, other) => {
  expect(proposed(one, other)).toBe(false);
});

test('the same sort of initiative in two towns is not even asked about', () => {
  const inEde = told('Taalcafé', { municipality: 'GM0228' });
  expect(asked('Taalcafé', inEde)).toBe(false);
  const branch = (town: string, code: string) =>
    told(`Stichting Present ${town}`, { municipality: code, website: `https://stichtingpresent.nl/${town}` });
  expect(proposed(branch('Zwolle', 'GM0193'), branch('Ede', 'GM0228'))).toBe(false);
});

test('a name that half agrees needs a place within 100 metres', () => {
  const here = told('Buurtkeuken Orient', { point: { lat: 51.98, lon: 5.9 } });
  const at80 = told('Buurtkeukn Orinet', { point: { lat: 51.98072, lon: 5.9 } });
  const at300 = told('Buurtkeukn Orinet', { point: { lat: 51.9827, lon: 5.9 }, municipality: null });
  expect(between(here, at80).reasons).toEqual(['name', 'near']);
  expect(proposed(here, at80)).toBe(true);
  expect(proposed(here, at300)).toBe(false);
});

test('one roof, one site or one mail provider do not make one initiative', () => {
  const roof = { point: { lat: 51.98, lon: 5.9 }, website: 'https://dekoepel.nl' };
  expect(proposed(told('Kledingbank De Koepel', roof), told('Rechtswinkel', roof))).toBe(false);
  expect(
    proposed(told('Eet Mee', { mail: 'eetmee@gmail.com' }), told('Fietsles', { mail: 'fietsles@gmail.com' })),
  ).toBe(false);
  const page = (name: string) => told(name, { website: 'https://www.facebook.com/' });
  expect(between(page('Eet Mee'), page('Fietsles')).reasons).not.toContain('site');
});

test('a renamed initiative is found by its site, mail and telephone together', () => {
  const before = told('Breakfast Club', {
    website: 'http://www.club.nl/',
    mail: 'hoi@club.nl',
    phone: '+31 26 123 45 67',
  });
  const after = told('Samen Ontbijten', {
    website: 'https://club.nl',
    mail: 'hoi@club.nl',
    phone: '026-1234567',
  });
  expect(between(before, after).reasons).toEqual(['town', 'mail', 'phone', 'site']);
  expect(proposed(before, after)).toBe(true);
});

test('a page of one’s own on a shared site says as much as a site', () => {
  const one = told('Tuin', { website: 'https://facebook.com/detuin/' });
  expect(
    between(one, told('De Tuin Arnhem', { website: 'https://www.facebook.com/detuin' })).reasons,
  ).toContain('site');
});

test('the likeness of two is the same whichever is asked first', () => {
  const some = ['Makers Unite', 'ماكرس سامنتال', 'Stichting 1', 'Taalcafé', ''].map(compared);
  for (const one of some)
    for (const other of some) expect(likeness(one, other)).toEqual(likeness(other, one));
});

test('what is alike shares a mark, so that it is found without comparing all with all', () => {
  const pairs: [Told | string, Told | string][] = [
    ['Stichting Toevlucht', 'Toevlucht Foundation'],
    ['Gastvrij Oost', 'خاستفری اوست'],
    ['De Key', 'Key'],
    [
      told('Tuin', { point: { lat: 51.98, lon: 5.9 } }),
      told('Keuken', { point: { lat: 51.98089, lon: 5.9 } }),
    ],
    [told('Tuin', { phone: '026 1234567' }), told('Keuken', { phone: '+31261234567', municipality: null })],
  ];
  for (const [one, other] of pairs) {
    const theirs = new Set(marksOf(compared(other)));
    expect(
      marksOf(compared(one)).some((mark) => theirs.has(mark)),
      JSON.stringify([one, other]),
    ).toBe(true);
  }
});

test('a name of nothing but signs is like nothing', () => {
  expect(compared('!!! ???').names).toEqual([]);
  expect(between('!!! ???', '!!! ???').reasons).toEqual(['town']);
});
