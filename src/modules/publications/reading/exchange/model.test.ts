import jsonld from 'jsonld';
import { expect, test } from 'vitest';
import { aListedEdition } from '../testing.ts';
import { graphOf } from './model.ts';

const origin = 'https://stones.example';
const words = 'https://schema.org/';
/** schema.org without the road to it: its terms are those of the vocabulary, and these are addresses. */
const context = {
  '@vocab': words,
  ...Object.fromEntries(
    ['url', 'contentUrl'].map((term) => [term, { '@id': `${words}${term}`, '@type': '@id' }]),
  ),
};
const read = async (document: object) =>
  (await jsonld.expand(JSON.parse(JSON.stringify(document)) as object, {
    documentLoader: (url) => {
      if (url !== 'https://schema.org') throw new Error(`asks ${url}`);
      return Promise.resolve({ documentUrl: url, document: { '@context': context } });
    },
  })) as Record<string, Record<string, unknown>[]>[];

test('jsonld expands what came out: an issue, a report and a common story with their articles, authors, languages and what they cite', async () => {
  const works = [
    {
      id: 'jansen',
      type: 'book',
      title: 'Thuis',
      author: [{ family: 'Jansen', given: 'An' }],
      issued: { 'date-parts': [[2020]] as const },
      DOI: '10.1000/a',
    },
  ];
  const nodes = await read(
    graphOf(origin, [
      aListedEdition({ issue: 3, works }),
      aListedEdition({ kind: 'report', slug: 'een-rapport', articles: [] }),
      aListedEdition({ kind: 'common-story', slug: 'een-verhaal' }),
    ]),
  );
  expect(nodes.map((node) => node['@type'])).toEqual(
    ['PublicationIssue', 'Report', 'CreativeWork'].map((type) => [`${words}${type}`]),
  );
  const value = (node: Record<string, unknown> | undefined, term: string) =>
    (node?.[`${words}${term}`] as { '@value'?: string; '@id'?: string }[] | undefined)?.map(
      (one) => one['@value'] ?? one['@id'],
    );
  const [issue] = nodes;
  expect(value(issue, 'issueNumber')).toEqual(['3']);
  const parts = issue?.[`${words}hasPart`] ?? [];
  expect(parts.map((part) => value(part, 'inLanguage'))).toEqual([['nl'], ['ar']]);
  const [article] = parts;
  expect(
    (article?.[`${words}author`] as Record<string, unknown>[]).map((author) => value(author, 'name')),
  ).toEqual([['Noor'], ['Anna de Vries'], ['سميرة']]);
  expect(issue?.[`${words}citation`]).toMatchObject([{ '@id': 'https://doi.org/10.1000/a' }]);
  // An edition without articles says nothing of them, rather than that it has none.
  expect(nodes[1]).not.toHaveProperty([`${words}hasPart`]);
});
