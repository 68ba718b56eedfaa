import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  aBookToSet,
  aFigure,
  anArticleToSet,
  aPassage,
  aQuote,
  aVoice,
} from '../src/modules/publications/setting/testing.ts';
import { filesOf, settingOf } from '../src/modules/publications/setting/model.ts';
import type { Book, Inline } from '../src/modules/publications/model.ts';
import { catalogueOnDisk } from '../src/platform/i18n/catalogue-on-disk.ts';
import { isLanguage } from '../src/platform/i18n/languages.ts';
import { speaker } from '../src/platform/i18n/speech.ts';
import type { Answered, Asked } from '../src/platform/print/job.ts';
import { projectFolder } from '../src/platform/project.server.ts';

// How long 81 pages take and what they ask of memory, beside the same words with nothing around them. Each is set three times, each
// time by a fresh process, in turn; the time counts from the question to the bytes.

const { values } = parseArgs({ options: { pages: { type: 'string', default: '81' } } });
const wanted = Number(values.pages);
if (!Number.isInteger(wanted) || wanted < 8 || wanted > 400) {
  console.error('--pages must be a whole number from 8 to 400.');
  process.exit(2);
}

const catalogue = await catalogueOnDisk();

/** A chapter as they are: text, voices with their renderings, someone who sees it otherwise, a figure. */
const chapter = (n: number) =>
  anArticleToSet('nl', `Hoofdstuk ${n}`, [
    aPassage('nl', [], 2),
    aPassage('nl', [aVoice('uk', { kind: 'margin', stance: 'differs', into: ['nl'] })]),
    aPassage('nl', [], 3),
    aQuote('nl', aVoice('ar', { into: ['nl'] })),
    aPassage('nl', [], 3),
    aFigure('nl'),
    aQuote('nl', aVoice('ti', { into: ['nl', 'en'] })),
    aPassage('nl', [], 4),
    aQuote('nl', aVoice('fa', { into: ['nl'] })),
    aPassage('nl', [], 4),
  ]);

const textOf = (inlines: readonly Inline[]) => inlines.map((one) => ('text' in one ? one.text : '')).join('');

function asked(book: Book, template: string): Asked {
  const spoken = (language: string) => speaker([language].find(isLanguage) ?? 'nl', catalogue);
  const words = book.articles.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      const voices = [...block.margin, ...(block.type === 'quote' ? [block.voice] : [])];
      const own =
        block.type === 'paragraph' ? [{ language: block.language, words: textOf(block.inlines) }] : [];
      return [...own, ...voices.flatMap((one) => [one, ...one.renderings])];
    }),
  );
  const paragraphs = words.map(({ language, words: text }) => ({ language, words: text }));
  const data =
    template === 'bare'
      ? { title: book.title, paragraphs }
      : { ...settingOf(book, spoken), day: '2026-03-04', standard: 'ua-1' };
  return {
    id: 0,
    template: template as Asked['template'],
    standard: 'ua-1',
    data: JSON.stringify(data),
    files: template === 'bare' ? [] : Object.entries(filesOf(book)),
  };
}

interface Figure {
  readonly pages: number;
  readonly ms: number;
  /** What of that the process itself worked; on a busy machine the rest is waiting. */
  readonly worked: number | null;
  /** The most the process held, in megabytes; null where the machine does not tell. */
  readonly mb: number | null;
}

async function set(folder: string, job: Asked): Promise<Figure> {
  const script = join(projectFolder, 'scripts', 'press.ts');
  const press = fork(script, [folder, String(2 * 1024 ** 3)], {
    serialization: 'advanced',
    env: { MALLOC_ARENA_MAX: '2' },
    execArgv: ['--max-old-space-size=256'],
  });
  try {
    // A job of no pages: what starts a process is not what setting takes.
    await answer(press, { ...job, id: 1, template: 'none' as Asked['template'] });
    const before = await ticks(press);
    const began = performance.now();
    const told = await answer(press, job);
    const ms = performance.now() - began;
    if (!('pdf' in told)) throw new Error(told.complaints);
    return {
      pages: told.pages,
      ms: Math.round(ms),
      worked: await worked(press, before),
      mb: await mostHeld(press),
    };
  } finally {
    press.kill('SIGKILL');
  }
}

const answer = (press: ChildProcess, job: Asked) =>
  new Promise<Answered>((resolve, reject) => {
    press.once('message', resolve).once('exit', () => reject(new Error('the press broke')));
    press.send(job);
  });

/** Work of a process until now, in the hundredths of a second Linux counts in. */
async function ticks({ pid }: ChildProcess): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields ? Number(fields[11]) + Number(fields[12]) : null;
}
const worked = async (press: ChildProcess, before: number | null): Promise<number | null> => {
  const now = await ticks(press);
  return now === null || before === null ? null : (now - before) * 10;
};

async function mostHeld({ pid }: ChildProcess): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}

const print = join(projectFolder, 'print');
/** A book of this kind with at least so many pages. */
async function bookOf(kind: 'report' | 'magazine'): Promise<Book> {
  const of = (chapters: number) =>
    aBookToSet({
      kind,
      articles: Array.from({ length: chapters }, (_, n) => chapter(n + 1)),
    });
  let chapters = 2;
  const { pages: few } = await set(print, asked(of(chapters), kind));
  const { pages: more } = await set(print, asked(of(chapters + 4), kind));
  chapters += Math.max(0, Math.ceil((wanted - few) / ((more - few) / 4)));
  while ((await set(print, asked(of(chapters), kind))).pages < wanted) chapters++;
  return of(chapters);
}

const median = (figures: readonly Figure[]) =>
  [...figures].sort((a, b) => a.ms - b.ms)[Math.floor(figures.length / 2)] ?? {
    pages: 0,
    ms: 0,
    worked: null,
    mb: null,
  };
const rows: Record<string, Figure> = {};
for (const kind of ['report', 'magazine'] as const) {
  const book = await bookOf(kind);
  const ours: Figure[] = [];
  const bare: Figure[] = [];
  for (let round = 0; round < 3; round++) {
    ours.push(await set(print, asked(book, kind)));
    bare.push(await set(join(projectFolder, 'bench', 'print'), asked(book, 'bare')));
  }
  rows[kind] = median(ours);
  rows[`words of the ${kind}, bare`] = median(bare);
}
console.table(rows);
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  load: loadavg().map((one) => Number(one.toFixed(2))),
};
console.log(machine);
await mkdir(join(projectFolder, 'bench', 'out'), { recursive: true });
await writeFile(
  join(projectFolder, 'bench', 'out', 'print.json'),
  JSON.stringify({ rows, machine }, null, 2),
);
