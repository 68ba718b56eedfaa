import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Book, BookBlock } from '../model.ts';
import { setBook } from './jobs.server.ts';
import { aBookToSet, aFigure, anArticleToSet, aParagraphOf, aPassage, aQuote, aVoice } from './testing.ts';

const run = promisify(execFile);
const hasPoppler = await run('pdftotext', ['-v']).then(
  () => true,
  (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
);

// What decides, rather than is read.
const ours = [
  'kind',
  'type',
  'way',
  'part',
  'stance',
  'madeHow',
  'roleThen',
  'exit',
  'drawing',
  'picture',
  'releasedOn',
  'takenOn',
];

/** The same thing with these words in every field that people fill in. */
function filledWith(words: string, thing: unknown, name = ''): unknown {
  if (typeof thing === 'string') return ours.includes(name) ? thing : words;
  if (Array.isArray(thing)) return thing.map((one) => filledWith(words, one, name));
  if (thing === null || typeof thing !== 'object' || thing instanceof Date || thing instanceof Uint8Array)
    return thing;
  return Object.fromEntries(Object.entries(thing).map(([key, one]) => [key, filledWith(words, one, key)]));
}

const differs = aVoice('uk', { kind: 'margin', stance: 'differs', into: ['nl'] });
const table = (rows: number): BookBlock => ({
  id: 'table',
  language: 'nl',
  restsOn: [],
  margin: [],
  type: 'table',
  head: ['nummer', 'wie', 'wat'],
  rows: Array.from({ length: rows }, (_, n) => [String(n), 'Samira', 'thee']),
});
const issue = aBookToSet({
  kind: 'magazine',
  changed: 'iets',
  articles: [
    anArticleToSet('nl', 'Titel', [
      {
        ...aPassage('nl', [differs]),
        restsOn: [{ kind: 'insight', key: 'i', way: 'joins', name: 'x', address: 'y' }],
      },
      aQuote('nl', aVoice('ar', { into: ['nl'] })),
      aFigure('nl'),
      aParagraphOf('nl', [
        { type: 'link', text: 'x', href: 'y' },
        { type: 'foreign', text: 'x', lang: 'y' },
      ]),
      table(3),
    ]),
  ],
  errata: [{ article: 'x', at: new Date('2026-05-02'), kind: 'mended', printed: true }],
});

const hostile = {
  orders:
    '#let x = read("/etc/passwd"); #panic("x") #import "@preview/a:1.0.0": * $x^2$ *a* @b <c> = d \\u{41} \\',
  markup: '<script>alert(1)</script><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;]]>{{{',
  turned: '\u202etxet\u202c \u2066x \u2067y\u2069 \u200fz',
  broken: 'nul\u0000 half\ud800 \udc00 bel\u0007 \ufffe',
  signs: '😀👩‍👩‍👧 ﷽ ☐',
  lines: '\n\n\r\n\t \n',
};

test.each(Object.entries(hostile))(
  'an issue with %s in each of its fields is set as text',
  async (_, words) => {
    expect(await setBook(filledWith(words, issue) as Book, 'ua-1')).toMatchObject({ ok: true });
  },
);

test.runIf(hasPoppler)(
  'orders are printed as they were typed, and what they ask for is not read (by poppler, when it is here)',
  async () => {
    const printing = await setBook(filledWith(hostile.orders, issue) as Book, 'a-2a');
    if (!printing.ok) throw new Error(printing.reason);
    const folder = await mkdtemp(join(tmpdir(), 'steppingstones-print-'));
    await writeFile(join(folder, 'issue.pdf'), printing.value.pdf);
    const { stdout } = await run('pdftotext', ['-raw', join(folder, 'issue.pdf'), '-']);
    await rm(folder, { recursive: true });
    const paper = stdout.replaceAll(/\s/g, '');
    expect(paper).toContain(hostile.orders.replaceAll(/\s/g, ''));
    expect(paper).not.toContain('root:');
  },
);

test('a paragraph of a million letters and a table of fifty pages are set', async () => {
  const much = aParagraphOf('nl', [{ type: 'text', text: 'Een zin die niet ophoudt. '.repeat(40_000) }]);
  const of = (kind: Book['kind'], block: BookBlock) =>
    setBook(aBookToSet({ kind, articles: [anArticleToSet('nl', 'Veel', [block])] }), 'ua-1');
  expect(await of('report', much)).toMatchObject({ ok: true });
  const printing = await of('magazine', table(2_200));
  expect(printing.ok && printing.value.pages).toBeGreaterThan(50);
});

test('words too heavy to be set are refused with a reason, and the next issue is set', async () => {
  const refused = await setBook(filledWith('a'.repeat(3_000), issue) as Book, 'ua-1');
  if (!refused.ok)
    expect(['print_too_large', 'print_took_too_long', 'print_failed']).toContain(refused.reason);
  expect(await setBook(issue, 'ua-1')).toMatchObject({ ok: true });
});
