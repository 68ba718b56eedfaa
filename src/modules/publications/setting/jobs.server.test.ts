import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Standard } from '#platform/print/job.ts';
import type { Book, BookBlock, Voice } from '../model.ts';
import { setBook } from './jobs.server.ts';
import { aBookToSet, aFigure, anArticleToSet, aPassage, aQuote, aVoice } from './testing.ts';

const run = promisify(execFile);
const hasPoppler = await run('pdffonts', ['-v']).then(
  () => true,
  (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
);
const jars = [
  'preflight',
  'xmpbox',
  'pdfbox2',
  'fontbox2',
  'commons-logging',
  'javax.activation',
  'jaxb-api',
].map((name) => `/usr/share/java/${name}.jar`);
const hasPreflight = jars.every((jar) => existsSync(jar));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steppingstones-print-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function onDisk(book: Book, standard: Standard): Promise<string> {
  const printing = await setBook(book, standard);
  if (!printing.ok) throw new Error(JSON.stringify(printing));
  const file = join(folder, `${book.kind}-${book.language}-${standard}.pdf`);
  await writeFile(file, printing.value.pdf);
  return file;
}
const told = async (program: string, ...given: string[]): Promise<string> =>
  (await run(program, given, { maxBuffer: 20_000_000 })).stdout;

// Line ends, hyphens that were set and marks of direction are of the page, not of the words.
const asWords = (text: string): string =>
  text.normalize('NFKC').replaceAll(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069-]/g, '');

const differs = aVoice('uk', {
  kind: 'margin',
  stance: 'differs',
  called: 'Олена',
  words: 'Для мене було не так.',
});
const voices: readonly Voice[] = [
  aVoice('ar', { into: ['nl'], called: 'Samira' }),
  aVoice('ti', { into: ['nl', 'en'], kind: 'own-words' }),
  aVoice('uk', { into: ['nl'], called: 'Сергій' }),
  aVoice('fa', { into: ['nl'] }),
];
const heading = (text: string): BookBlock => ({
  id: text,
  language: 'nl',
  restsOn: [],
  margin: [],
  type: 'heading',
  level: 3,
  inlines: [{ type: 'text', text }],
});
const magazine = aBookToSet({
  kind: 'magazine',
  issue: 3,
  articles: [
    anArticleToSet('nl', 'De winter van de waterkoker', [
      aPassage('nl', [], 3),
      aPassage('nl', [differs]),
      ...voices.map((voice) => aQuote('nl', voice)),
      aFigure('nl'),
      heading('Wat er bleef'),
      aPassage('nl', [], 6),
    ]),
    anArticleToSet('ar', 'الشتاء الأول', [aPassage('ar', [], 3)], 'letter'),
  ],
});
const report = aBookToSet({
  articles: [
    anArticleToSet(
      'nl',
      'De eerste tafel',
      [
        aPassage('nl'),
        heading('Wat er bleef'),
        aPassage('nl', [differs]),
        aQuote('nl', aVoice('nl', { words: 'Ik kreeg eerst thee.' })),
      ],
      'chapter',
    ),
  ],
  errata: [
    { article: 'De eerste tafel', at: new Date('2026-05-02T10:00:00Z'), kind: 'voice-left', printed: true },
  ],
});
const arabic = aBookToSet({
  language: 'ar',
  title: 'حيث الماء ضحل',
  articles: [
    anArticleToSet(
      'ar',
      'الشتاء الأول',
      [aPassage('ar'), aQuote('ar', aVoice('nl', { into: ['ar'] }))],
      'chapter',
    ),
  ],
});

test('a magazine with voices in five languages is the same bytes twice, for reading and for the archive', async () => {
  for (const standard of ['ua-1', 'a-2a'] as const) {
    const [first, second] = [await setBook(magazine, standard), await setBook(magazine, standard)];
    expect(first).toMatchObject({ ok: true });
    expect(first.ok && second.ok && Buffer.compare(first.value.pdf, second.value.pdf)).toBe(0);
  }
});

describe.runIf(hasPoppler)('as poppler reads it (when it is here)', () => {
  test('no face is in a file but ours, and each is in it', async () => {
    const list = (await told('pdffonts', await onDisk(magazine, 'a-2a')))
      .split('\n')
      .slice(2)
      .filter(Boolean);
    expect(list.length).toBeGreaterThan(4);
    for (const line of list) {
      expect(line).toMatch(/^[A-Z]{6}\+(SourceSerif4|SourceSans3|Amiri|Vazirmatn|NotoSansEthiopic)-/);
      // Embedded, a part of it only, and every letter known.
      expect(line).toMatch(/ yes yes yes +\d+ +0$/);
    }
  });

  test('every word of a voice and of its renderings is on paper as it was said', async () => {
    const paper = asWords(await told('pdftotext', '-raw', await onDisk(magazine, 'ua-1'), '-'));
    // Where letters are joined or run from the right, poppler tells them in an order of its own.
    const readable = voices
      .flatMap((voice) => [voice, ...voice.renderings])
      .filter(({ language }) => !['ar', 'fa'].includes(language));
    expect(readable.length).toBe(7);
    for (const { words } of [differs, ...readable]) expect(paper).toContain(asWords(words));
  });

  test('who listens to a report hears it in the order in which it is read', async () => {
    const heard = await told('pdfinfo', '-struct-text', await onDisk(report, 'ua-1'));
    const order = [
      '"Waar het water ',
      'TOCI',
      'H1 "De eerste tafel"',
      'H2 "Wat er bleef"',
      'Ziet het anders',
      'BlockQuote',
      'Для мене було не так',
      'Ik kreeg eerst thee.',
      'H1 "Colofon"',
      'is een stem weggegaan',
    ].map((words) => heard.indexOf(words));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('an Arabic report begins at the right and keeps its words and their order', async () => {
    const file = await onDisk(arabic, 'ua-1');
    const paper = asWords(await told('pdftotext', file, '-'));
    const order = ['حيث الماء ضحل', 'تعلمنا على الطاولة ما لا', 'أن الثقة تأتي ببطء'].map((words) =>
      paper.indexOf(asWords(words)),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const heard = await told('pdfinfo', '-struct-text', file);
    const parts = ['TOC', 'H1 ', 'BlockQuote'].map((part) => heard.indexOf(part));
    parts.push(heard.lastIndexOf('H1 '));
    expect(parts).not.toContain(-1);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
  });

  test('in two columns no word stands on another, however text and voices follow each other', async () => {
    const blocks = Array.from({ length: 40 }, (_, n): BookBlock => {
      if (n % 7 === 3) return heading(`Tussenkop ${n}`);
      if (n % 5 === 4) return aQuote('nl', aVoice('uk', { into: n % 2 ? ['nl'] : [] }));
      return aPassage('nl', n % 11 === 5 ? [differs] : [], 1 + (n % 4));
    });
    const book = aBookToSet({ kind: 'magazine', articles: [anArticleToSet('nl', 'Veel', blocks)] });
    expect(overlapping(await told('pdftotext', '-bbox', await onDisk(book, 'ua-1'), '-'))).toEqual([]);
  });
});

/** Words that stand on another word of their page. */
function overlapping(boxes: string): string[] {
  return boxes.split('<page ').flatMap((page) => {
    const all = [
      ...page.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</g),
    ].map(([, left, top, right, bottom, word]) => ({
      left: Number(left),
      top: Number(top),
      right: Number(right),
      bottom: Number(bottom),
      word,
    }));
    return all.flatMap((one, n) =>
      all
        .slice(n + 1)
        .filter((other) => {
          const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
          const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
          return wide > 2 && high > 0.6 * Math.min(one.bottom - one.top, other.bottom - other.top);
        })
        .map((other) => `${one.word} / ${other.word}`),
    );
  });
}

test.runIf(hasPreflight)(
  'Preflight of Apache finds nothing against a file for the archive (when it is here)',
  async () => {
    const files = [
      await onDisk(magazine, 'a-1b'),
      await onDisk(report, 'a-1b'),
      await onDisk(arabic, 'a-1b'),
    ];
    for (const file of files)
      expect(
        await told('java', '-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', file),
      ).toContain('is a valid PDF/A-1b file');
  },
);
