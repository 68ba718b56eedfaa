import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIsbn, parseWorks } from './input.ts';
import { citationOf, workFaults, type Work } from './model.ts';
import { bibtexOf } from './queries.server.ts';

const good = (n: number) =>
  `@article{good${n},\n  author = {Yılmaz, Ayşe and van der Veen, Jan},\n  title = {Samen leren in buurt ${n}},\n  journal = {Tijdschrift},\n  year = {20${String(n % 25).padStart(2, '0')}},\n  pages = {1--20},\n  doi = {10.1000/abc.${n}}\n}`;
const faulty: readonly [string, { key: string | null; field: string | null; reason: string }][] = [
  [
    '@article{torn, author = {A, B}, title = {Zonder einde, year = {2020}\n',
    { key: 'torn', field: null, reason: 'unreadable' },
  ],
  [
    '@article{, author = {A, B}, title = {Geen sleutel}, year = {2020}}',
    { key: null, field: 'id', reason: 'key-missing' },
  ],
  [
    '@article{good1, author = {A, B}, title = {Zelfde sleutel}, year = {2020}}',
    { key: 'good1', field: 'id', reason: 'key-twice' },
  ],
  [
    '@spreekbeurt{talk, author = {A, B}, title = {Vreemde soort}, year = {2020}}',
    { key: 'talk', field: 'type', reason: 'type' },
  ],
  ['@book{untitled, author = {A, B}, year = {2020}}', { key: 'untitled', field: 'title', reason: 'missing' }],
  [
    '@book{nobody, title = {Van niemand}, year = {2020}}',
    { key: 'nobody', field: 'author', reason: 'nobody' },
  ],
  [
    '@book{yearless, author = {A, B}, title = {Wanneer?}, year = {20x}}',
    { key: 'yearless', field: 'issued', reason: 'year' },
  ],
  [
    '@misc{baddoi, author = {A, B}, title = {DOI}, year = {2020}, doi = {11.22/x}}',
    { key: 'baddoi', field: 'DOI', reason: 'doi' },
  ],
  [
    '@misc{badurl, author = {A, B}, title = {Adres}, year = {2020}, url = {javascript:alert(1)}}',
    { key: 'badurl', field: 'URL', reason: 'url' },
  ],
  [
    '@book{badisbn, author = {A, B}, title = {ISBN}, year = {2020}, isbn = {978-0-306-40615-8}}',
    { key: 'badisbn', field: 'ISBN', reason: 'isbn' },
  ],
];

/** Fifty entries with a faulty one in every fifth place, and where each fault stands. */
function fifty() {
  let next = 0;
  const at = new Map<number, (typeof faulty)[number]>();
  const entries = Array.from({ length: 50 }, (_, index) => {
    const wrong = index % 5 === 3 ? faulty[next++] : undefined;
    if (wrong) at.set(index + 1, wrong);
    return wrong ? wrong[0] : good(index + 1);
  });
  return { text: entries.join('\n\n'), at };
}

describe('a file of fifty works with ten faulty ones', () => {
  test('is not taken, and every fault is told with entry, key, field and reason', () => {
    const { text, at } = fifty();
    const read = parseWorks(text, 2026);
    if (read.ok) throw new Error('The file was taken.');
    expect(read.entries).toBe(50);
    expect(read.problems.map(({ entry, key, field, reason }) => ({ entry, key, field, reason }))).toEqual(
      [...at].map(([entry, [, told]]) => ({ entry, ...told })),
    );
  });

  test('is taken whole once the ten are gone, in BibTeX and as the CSL-JSON that was made of it', () => {
    const { text, at } = fifty();
    const kept = text.split('\n\n').filter((_, index) => !at.has(index + 1));
    const read = parseWorks(kept.join('\n\n'), 2026);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(read.works).toHaveLength(40);
    expect(parseWorks(JSON.stringify(read.works), 2026)).toEqual(read);
    expect(parseWorks(bibtexOf(read.works), 2026)).toEqual(read);
  });
});

test('the same ten faults are found in CSL-JSON, and one entry tells all its faults', () => {
  const entry = (words: object) => ({
    id: 'a',
    type: 'book',
    title: 'T',
    author: [{ family: 'A' }],
    ...words,
  });
  const faults = (entries: readonly unknown[]) => {
    const read = parseWorks(JSON.stringify(entries), 2026);
    return read.ok ? [] : read.problems.map(({ entry: n, field, reason }) => [n, field, reason]);
  };
  expect(faults([entry({}), 7, entry({ id: 'c', author: 'A' })])).toEqual([
    [2, null, 'unreadable'],
    [3, 'author', 'form'],
  ]);
  expect(
    faults([entry({ id: 'x y', type: 'poem', title: '', DOI: 'x', issued: { 'date-parts': [[2031]] } })]),
  ).toEqual([
    [1, 'id', 'key-form'],
    [1, 'type', 'type'],
    [1, 'title', 'missing'],
    [1, 'issued', 'year'],
    [1, 'DOI', 'doi'],
  ]);
  expect(faults(JSON.parse('[]') as [])).toEqual([[1, null, 'unreadable']]);
});

test('no text whatever breaks the reader, and an address is never fetched', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const given of [text, `@book{${text}}`, `[${text}]`, `[{"id":${JSON.stringify(text)}}]`])
        expect(typeof parseWorks(given, 2026).ok).toBe('boolean');
    }),
    { numRuns: 60 },
  );
  const asked = globalThis.fetch;
  expect(parseWorks('https://example.org/works.bib', 2026).ok).toBe(false);
  expect(globalThis.fetch).toBe(asked);
});

test('an ISBN is right only with its last figure', () => {
  expect(['978-0-306-40615-7', '0-8044-2957-X', '9780306406158', '12'].map(isIsbn)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a citation names who, when, what, where, in the words of its reader', () => {
  const work: Work = {
    id: 'w',
    type: 'article-journal',
    title: 'Samen leren',
    author: [
      { family: 'Yılmaz', given: 'Ayşe Nur' },
      { family: 'Veen', given: 'Jan', 'non-dropping-particle': 'van der' },
    ],
    issued: { 'date-parts': [[2021, 3]] },
    'container-title': 'Tijdschrift',
    volume: '3',
    issue: '2',
    page: '1-20',
    DOI: '10.1000/abc',
  };
  const nl = { and: 'en', noDate: 'z.d.', editors: 'red.' };
  expect(citationOf(work, nl)).toEqual({
    before: 'Yılmaz, A. N. en van der Veen, J. (2021).',
    title: 'Samen leren',
    after: 'Tijdschrift, 3(2), 1–20.',
    link: 'https://doi.org/10.1000/abc',
  });
  expect(
    citationOf(
      {
        id: 'b',
        type: 'book',
        title: 'Room',
        editor: [{ literal: 'Refugee Academy' }],
        publisher: 'VU',
        'publisher-place': 'Amsterdam',
      },
      { and: 'and', noDate: 'n.d.', editors: 'Eds.' },
    ),
  ).toEqual({ before: 'Refugee Academy (Eds.) (n.d.).', title: 'Room', after: 'Amsterdam: VU.', link: null });
});

test('every fault that can be found is told in words, in both languages of the desk', async () => {
  for (const language of ['nl', 'en']) {
    const texts = JSON.parse(await readFile(`messages/${language}/learning.desk.json`, 'utf8')) as Record<
      string,
      string
    >;
    for (const fault of workFaults) expect(texts[`works.problem.${fault}`], fault).toMatch(/\w{3}/);
  }
});
