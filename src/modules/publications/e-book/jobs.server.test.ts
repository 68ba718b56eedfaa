import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EpubCheck } from '@likecoin/epubcheck-ts';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { readXml, type Element } from '#platform/xml.ts';
import { bindBook } from './jobs.server.ts';
import { aBook, anArticleIn, aVoice, blocksIn } from './testing.ts';

const said = [
  'Typst #set page(fill: red) $x^2$ #eval("1")',
  '<script>alert(1)</script> & ]]> <!-- "\' &amp; &#0;',
  '\u202eomgekeerd\u202c \u2066los\u2069 \u200f',
  'nul \u0000 en \u0001, half \ud800 teken',
  'javascript:alert(1)',
  'https://exa mple.org/|{}[]%zz#a#b',
  `lang ${'woord '.repeat(2_000)}`,
  ' ',
];
// What people cannot type: keys, kinds and days, which the database holds to their form.
const structure = new Set([
  ...['type', 'kind', 'part', 'way', 'stance', 'exit', 'roleThen', 'madeHow', 'takenOn', 'releasedOn'],
  ...['key', 'id', 'slug', 'picture', 'pictures'],
]);

/** The same tree with these words in each field that holds words. */
function spoiled<Tree>(tree: Tree, words: string, field = ''): Tree {
  if (structure.has(field) || tree instanceof Date || tree instanceof Uint8Array) return tree;
  if (typeof tree === 'string') return words as Tree;
  if (Array.isArray(tree)) return tree.map((one) => spoiled<unknown>(one, words, field)) as Tree;
  if (tree === null || typeof tree !== 'object') return tree;
  const entries = Object.entries(tree).map(([name, value]) => [name, spoiled<unknown>(value, words, name)]);
  return Object.fromEntries(entries) as Tree;
}

const bound = {
  nl: await bindBook(await aBook('nl')),
  ar: await bindBook(await aBook('ar')),
  ti: await bindBook(await aBook('ti')),
  hostile: await bindBook({
    ...spoiled(await aBook('nl'), said[1] ?? ''),
    articles: said.map((words) => spoiled(anArticleIn('nl'), words)),
  }),
};
const names = Object.keys(bound) as (keyof typeof bound)[];

test.each(names)('an e-book, %s, is one by the rules of EPUB, without a warning', async (name) => {
  const { messages } = await EpubCheck.validate(bound[name], {}, `${name}.epub`);
  expect(messages.filter(({ severity }) => ['fatal', 'error', 'warning'].includes(severity))).toEqual([]);
});

const judge = ['/usr/share/java/epubcheck.jar'].find((jar) => existsSync(jar)) ?? null;
const folder = await mkdtemp(join(tmpdir(), 'e-book-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(judge === null)(
  'and so says EPUBCheck of the W3C (skipped where Debian’s epubcheck is absent)',
  async () => {
    // The Arabic one holds chapters in Dutch and Tigrinya too.
    for (const name of ['ar', 'hostile'] as const) {
      const file = join(folder, `${name}.epub`);
      await writeFile(file, bound[name]);
      const args = ['-XX:TieredStopAtLevel=1', '-jar', String(judge), '--failonwarnings', file];
      const { stdout } = await promisify(execFile)('java', args).catch(
        (told: { stdout: string; stderr: string }) => ({
          stdout: told.stderr + told.stdout,
        }),
      );
      expect(stdout, name).toContain('0 fatals / 0 errors / 0 warnings');
    }
  },
);

test('an e-book says what it is from its first bytes, and reads from right to left when its language does', () => {
  const [first] = Object.keys(unzipSync(bound.ar));
  expect(first).toBe('mimetype');
  expect(strFromU8(bound.ar.slice(30, 58))).toBe('mimetypeapplication/epub+zip');
  const packages = names.map((name) =>
    strFromU8(unzipSync(bound[name])['book/book.opf'] ?? new Uint8Array()),
  );
  expect(packages.map((text) => /page-progression-direction="(\w+)"/.exec(text)?.[1])).toEqual([
    'ltr',
    'rtl',
    'ltr',
    'ltr',
  ]);
});

test('the same edition is the same bytes, on every day and in every time zone', async () => {
  const before = process.env.TZ;
  try {
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      process.env.TZ = zone;
      expect(Buffer.compare(await bindBook(await aBook('ar')), bound.ar)).toBe(0);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

const within = (element: Element): Element[] => [element, ...element.children.flatMap(within)];
const wordsIn = (page: Uint8Array | undefined): string[] => {
  const read = readXml(strFromU8(page ?? new Uint8Array()).replace('<!DOCTYPE html>', ''), {
    depth: 40,
    elements: 10_000,
  });
  return read.ok
    ? within(read.root).flatMap(({ attributes, text }) => (attributes.class === 'words' ? [text] : []))
    : [];
};

test('the words of a voice stand in it sign for sign, and a rendering stands beside them, never in their place', async () => {
  const words = ' Zij zei:\n\t“<b>Kom</b> &amp; eet” 👩‍👩‍👧 \u202eecht\u202c  ';
  const voice = aVoice('nl', {
    words,
    renderings: [{ language: 'ar', words: 'تعالوا\nكلوا', signedAs: null, madeHow: 'machine' }],
  });
  const [, resting] = blocksIn('nl');
  const blocks = [
    { id: 'q', type: 'quote' as const, language: 'nl', restsOn: [], margin: [aVoice('ti')], voice },
    ...(resting ? [{ ...resting, margin: [] }] : []),
  ];
  const book = await bindBook(await aBook('nl', { articles: [anArticleIn('nl', { blocks })] }));
  expect(wordsIn(unzipSync(book)['book/chapter-1.xhtml'])).toEqual([
    words,
    'تعالوا\nكلوا',
    aVoice('ti').words,
  ]);
});
