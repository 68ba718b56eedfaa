import { DataFactory, Writer, type Quad } from 'n3';
import type { Version, Word } from '../model.ts';
import { registers } from '../model.ts';

const { namedNode, literal, quad } = DataFactory;

const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;
const term = (prefix: keyof typeof namespaces, name: string) => namedNode(`${namespaces[prefix]}${name}`);

/** What a register is called in the languages of the export. */
export type RegisterNames = Readonly<Record<(typeof registers)[number], Readonly<Record<string, string>>>>;

/**
 * The words as SKOS (W3C, 2009): each register is a scheme of its own, and each word is in each register it is said in a
 * concept of that scheme, bound to the others by `closeMatch`; so no register is the preferred one. What brings them together
 * is a collection, which is the page of the word.
 */
export function graphOf(words: readonly Word[], origin: string, names: RegisterNames): Quad[] {
  const said = registers.filter((register) =>
    words.some(({ versions }) => versions.some((version) => version.register === register)),
  );
  const schemes = said.flatMap((register) => {
    const scheme = namedNode(`${origin}/words#${register}`);
    return [
      quad(scheme, term('rdf', 'type'), term('skos', 'ConceptScheme')),
      ...Object.entries(names[register]).map(([language, name]) =>
        quad(scheme, term('skos', 'prefLabel'), literal(name, language)),
      ),
    ];
  });
  return [...schemes, ...words.flatMap((word) => quadsOf(word, origin))];
}

function quadsOf(word: Word, origin: string): Quad[] {
  const page = namedNode(`${origin}/words/${word.slug}`);
  const concept = (register: string) => namedNode(`${origin}/words/${word.slug}#${register}`);
  const said = registers.filter((register) => word.versions.some((version) => version.register === register));
  const first = word.versions[0];
  const collection = [
    quad(page, term('rdf', 'type'), term('skos', 'Collection')),
    ...(first ? [quad(page, term('skos', 'prefLabel'), literal(first.term, first.language))] : []),
    ...said.map((register) => quad(page, term('skos', 'member'), concept(register))),
  ];
  const concepts = said.flatMap((register) => {
    const at = concept(register);
    const versions = word.versions.filter((version) => version.register === register);
    return [
      quad(at, term('rdf', 'type'), term('skos', 'Concept')),
      quad(at, term('skos', 'inScheme'), namedNode(`${origin}/words#${register}`)),
      quad(at, term('skos', 'topConceptOf'), namedNode(`${origin}/words#${register}`)),
      ...said
        .filter((other) => other !== register)
        .map((other) => quad(at, term('skos', 'closeMatch'), concept(other))),
      ...labelsOf(versions).map(([kind, text, language]) =>
        quad(at, term('skos', kind), literal(text, language)),
      ),
      ...versions.flatMap((version) =>
        notesOf(version).map(([kind, text, language]) =>
          quad(
            at,
            kind === 'source' ? term('dct', kind) : term('skos', kind),
            language === null ? sourceOf(text) : literal(text, language),
          ),
        ),
      ),
    ];
  });
  return [...collection, ...unique(concepts)];
}

const sourceOf = (text: string) =>
  /^https?:\/\/[^\s<>"{}|\\^`]+$/.test(text) ? namedNode(text) : literal(text);

/** One preferred label per language, as SKOS asks (S14); every other word of that language is an alternative (S13: never both). */
function labelsOf(versions: readonly Version[]): ['prefLabel' | 'altLabel', string, string][] {
  const seen = new Set<string>();
  const preferred = new Set<string>();
  return versions
    .flatMap(({ term: own, also, language }) => [own, ...also].map((text) => ({ text, language })))
    .flatMap(({ text, language }): ['prefLabel' | 'altLabel', string, string][] => {
      if (seen.has(`${language} ${text}`)) return [];
      seen.add(`${language} ${text}`);
      const kind = preferred.has(language) ? 'altLabel' : 'prefLabel';
      preferred.add(language);
      return [[kind, text, language]];
    });
}

type Note = [
  kind: 'definition' | 'example' | 'scopeNote' | 'editorialNote' | 'changeNote' | 'historyNote' | 'source',
  text: string,
  language: string | null,
];

function notesOf(version: Version): Note[] {
  const { language, meaning, example, hides, says, since, until, sources, disputes, adoptions } = version;
  const lifetime = since || until ? `${since ?? ''}/${until ?? ''}` : null;
  return [
    ...(meaning ? [['definition', meaning, language] satisfies Note] : []),
    ...(example ? [['example', example, language] satisfies Note] : []),
    ...(says ? [['scopeNote', says, language] satisfies Note] : []),
    ...Object.entries(hides).map(([of, text]): Note => ['editorialNote', text, of]),
    ...disputes.map(({ text, language: of }): Note => ['editorialNote', text, of]),
    ...adoptions.map(({ name, on }): Note => ['changeNote', name ? `${on}: ${name}` : on, 'zxx']),
    ...(lifetime ? [['historyNote', lifetime, 'zxx'] satisfies Note] : []),
    ...sources.map((source): Note => [
      'source',
      source.endsWith('.txt') ? 'Report from the field' : source,
      null,
    ]),
  ];
}

function unique(quads: readonly Quad[]): Quad[] {
  return [
    ...new Map(quads.map((one) => [JSON.stringify([one.subject, one.predicate, one.object]), one])).values(),
  ];
}

/** A graph as Turtle. */
export function turtleOf(quads: readonly Quad[]): string {
  const writer = new Writer({ prefixes: { ...namespaces } });
  writer.addQuads([...quads]);
  let text = '';
  writer.end((error, written: string) => {
    if (error) throw error;
    text = written;
  });
  return text;
}

/** A graph as JSON-LD 1.1: one node per thing, with its namespaces said in front. */
export function jsonLdOf(quads: readonly Quad[]): object {
  const nodes = new Map<string, Record<string, unknown[]> & { '@id'?: unknown }>();
  const short = (iri: string) => {
    const found = Object.entries(namespaces).find(([, space]) => iri.startsWith(space));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  };
  for (const { subject, predicate, object } of quads) {
    const node = nodes.get(subject.value) ?? {};
    nodes.set(subject.value, node);
    const isType = predicate.value === `${namespaces.rdf}type`;
    const key = isType ? '@type' : short(predicate.value);
    const value =
      object.termType !== 'Literal'
        ? isType
          ? short(object.value)
          : { '@id': object.value }
        : object.language
          ? { '@value': object.value, '@language': object.language }
          : { '@value': object.value };
    (node[key] ??= []).push(value);
  }
  return {
    '@context': { ...namespaces },
    '@graph': [...nodes].map(([id, node]) => ({ '@id': id, ...node })),
  };
}
