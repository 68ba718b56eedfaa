import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import jsonld from 'jsonld';
import { Parser, Store, type Quad } from 'n3';
import { expect, test } from 'vitest';
import { wordsFrom } from '../bringing/input.ts';
import { registers, type Version, type Word } from '../model.ts';
import { graphOf, jsonLdOf, turtleOf, type RegisterNames } from './model.ts';

const origin = 'https://stones.example';
const named = (name: string) => ({ nl: `${name} nl`, en: name });
const names: RegisterNames = {
  policy: named('policy'),
  between: named('between'),
  lived: named('lived'),
  academic: named('academic'),
};
const empty: Version = {
  id: 'v',
  register: 'policy',
  language: 'nl',
  term: 'x',
  also: [],
  meaning: null,
  says: null,
  example: null,
  exampleFrom: null,
  exampleSource: null,
  hides: {},
  since: null,
  until: null,
  sources: [],
  status: 'sources',
  called: null,
  disputes: [],
  adoptions: [],
};
const field: Word[] = wordsFrom(
  JSON.parse(readFileSync('db/field/glossary.json', 'utf8')) as Parameters<typeof wordsFrom>[0],
).map(({ slug, versions }) => ({
  id: slug,
  slug,
  origin: 'sources',
  versions: versions.map((version) => ({ ...empty, ...version })),
}));

const told = (quads: Iterable<Quad>) =>
  [...quads]
    .map(({ subject, predicate, object }) =>
      JSON.stringify([
        subject.value,
        predicate.value,
        object.value,
        object.termType === 'Literal' ? object.language.toLowerCase() : '',
      ]),
    )
    .sort();
const fromTurtle = (text: string) => told(new Store(new Parser({ format: 'text/turtle' }).parse(text)));
const fromJsonLd = async (document: object) => {
  const rdf = await jsonld.toRDF(JSON.parse(JSON.stringify(document)) as object, {
    format: 'application/n-quads',
  });
  return told(new Store(new Parser({ format: 'application/n-quads' }).parse(String(rdf))));
};

test('the words of the field, read back from Turtle and from JSON-LD, are the same graph', async () => {
  const graph = graphOf(field, origin, names);
  const own = told(graph);
  expect(graph.length).toBeGreaterThan(1_000);
  expect(fromTurtle(turtleOf(graph))).toEqual(own);
  expect(await fromJsonLd(jsonLdOf(graph))).toEqual(own);
});

test('whatever people write, both forms tell the same graph', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).map((each) => each.toWellFormed());
  const version = fc.record({
    register: fc.constantFrom(...registers),
    language: fc.constantFrom('nl', 'ar', 'ti'),
    term: text,
    also: fc.array(text, { maxLength: 2 }),
    meaning: fc.option(text),
    example: fc.option(text),
    hides: fc.dictionary(fc.constantFrom('nl', 'en'), text),
    sources: fc.array(fc.oneof(text, fc.webUrl()), { maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(version, { minLength: 1, maxLength: 4 }), async (versions) => {
      const word: Word = {
        id: 'w',
        slug: 'w',
        origin: 'house',
        versions: versions.map((each) => ({ ...empty, ...each })),
      };
      const graph = graphOf([word], origin, names);
      expect(fromTurtle(turtleOf(graph))).toEqual(told(graph));
      expect(await fromJsonLd(jsonLdOf(graph))).toEqual(told(graph));
    }),
    { numRuns: 60 },
  );
});

test('no register is preferred: each has its own scheme, with one label per language, and is bound to the others both ways', () => {
  const store = new Store(graphOf(field, origin, names));
  const skos = 'http://www.w3.org/2004/02/skos/core#';
  const concepts = store.getSubjects(`${skos}inScheme`, null, null);
  for (const concept of concepts) {
    expect(store.getObjects(concept, `${skos}inScheme`, null)).toHaveLength(1);
    const preferred = store.getObjects(concept, `${skos}prefLabel`, null);
    const languages = preferred.map((label) => ('language' in label ? label.language : ''));
    expect(new Set(languages).size).toBe(languages.length);
    for (const label of store.getObjects(concept, `${skos}altLabel`, null))
      expect(store.countQuads(concept, `${skos}prefLabel`, label, null)).toBe(0);
    for (const other of store.getObjects(concept, `${skos}closeMatch`, null))
      expect(store.getObjects(other.value, `${skos}closeMatch`, null).map(({ value }) => value)).toContain(
        concept.value,
      );
  }
});
