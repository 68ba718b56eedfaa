import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsFrom } from '../bringing/input.ts';
import { marksIn, type Spoken } from './model.ts';

const told = wordsFrom(
  JSON.parse(readFileSync('db/field/glossary.json', 'utf8')) as Parameters<typeof wordsFrom>[0],
);
const spoken: Spoken[] = told.flatMap(({ slug, versions }) =>
  versions.map((version) => ({
    ...version,
    slug,
    until: null,
    isHead: version.register === versions[0]?.register,
  })),
);
const marked = (text: string, language = 'nl') =>
  marksIn(text, spoken, language, '2026-11-25')
    .filter(({ slug }) => slug !== null)
    .map(({ text: written, slug }) => `${written} > ${slug}`);

test.each([
  ['De gemeente koppelt statushouders aan een huis.', 'nl', ['statushouders > statushouder']],
  [
    'Elke actie-agenda begint met een tussenruimte.',
    'nl',
    ['actie-agenda > actie-agenda', 'tussenruimte > tussenruimte'],
  ],
  [
    'Wie heeft afstand tot de arbeidsmarkt?',
    'nl',
    ['afstand tot de arbeidsmarkt > afstand-tot-de-arbeidsmarkt'],
  ],
  ['A status holder, or many status holders', 'en', ['status holder > statushouder']],
  ['Samen met nieuwkomers.', 'nl', ['nieuwkomers > nieuwkomer']],
  ['Het PIP is geen pip.', 'nl', ['PIP > pip']],
  ['De Z-route en de o-route', 'nl', ['Z-route > z-route', 'o-route > o-route']],
])(
  '%s (%s): its words of policy, science and between lead to their pages, each once',
  (text, language, wanted) => {
    expect(marked(text, language)).toEqual(wanted);
  },
);

test.each([
  'Wij landen en wortelen hier, met oude en nieuwe buren.',
  'https://voorbeeld.nl/statushouder en post@maatwerk.nl en #regie',
  'Het tussenruimte-project is een compound.',
  'Ze hebben een talent voor koken.',
  'Er was een rib-maatwerk.',
])('%s: how people say it themselves, addresses and parts of compounds are left alone', (text) => {
  expect(marked(text)).toEqual([]);
});

test('a word that is no longer said leads nowhere', () => {
  const old = spoken.map((each) => ({ ...each, until: '2020-01-01' }));
  expect(marksIn('Een statushouder.', old, 'nl', '2026-11-25')).toEqual([
    { text: 'Een statushouder.', slug: null },
  ]);
});

test('whatever the text, the parts together are the text, and nothing is marked twice or more than six times', () => {
  const word = fc.oneof(fc.constantFrom(...spoken.map(({ term }) => term)), fc.string({ unit: 'grapheme' }));
  const seam = fc.constantFrom(' ', '-', '. ', '\n', '', '’', ' (');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, seam), { maxLength: 30 }), (parts) => {
      const text = parts.flat().join('');
      const pieces = marksIn(text, spoken, 'nl', '2026-11-25');
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      const slugs = pieces.flatMap(({ slug }) => slug ?? []);
      expect(new Set(slugs).size).toBe(slugs.length);
      expect(slugs.length).toBeLessThanOrEqual(6);
    }),
    { numRuns: 300 },
  );
});

test('a word is never marked in what someone told, promised, said in a room or wrote in their own name', () => {
  // Texts of the house, of institutions and of public sources; whoever adds a view here says why it is one.
  const allowed =
    /^src\/(modules\/(languages\/words|initiatives\/entry\/views\/Standing|sessions\/reading\/(queries|views\/ToldBySources)|learning\/(dilemmas|insight-cards)|pools\/(consulting|following)|tables)|routes\/\[\[lang=language\]\]\/(initiatives\/\[slug\]\/\+|learning\/|advice\/|desk\/consultations))/;
  const marking = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => `src/${file}`)
    .filter((file) => /views\/Marked\.svelte|\bmark(edTexts?|sIn)\b/.test(readFileSync(file, 'utf8')));
  expect(marking.length).toBeGreaterThan(4);
  expect(marking.filter((file) => !allowed.test(file))).toEqual([]);
});
