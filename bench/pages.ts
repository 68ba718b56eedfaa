import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { freePort } from '#platform/database/launch.server.ts';
import { startBuiltServer } from '../tests/support/built-server.ts';
import { chromiumHere, quietly } from '../tests/support/chromium.ts';

interface Figures {
  /** All requests of a first visit, compressed, with their headers. */
  readonly bytes: number;
  /** The document with its critical CSS, compressed. */
  readonly html: number;
  readonly script: number;
  /** Milliseconds on a simulated phone: 1.6 Mbit/s, 150 ms round trip, processor four times slower. */
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
  readonly accessibility: number;
}

interface Row {
  readonly page: string;
  readonly language: string;
  readonly figures: Figures;
  readonly bar: Figures;
  /** The names of the figures that miss their bar. */
  readonly missed: readonly string[];
  /** Of the machine, over the last minute. */
  readonly loadThen: number;
}

/** The bars for a page that is read, and for one that is a picture drawn on the server. */
const reading: Figures = {
  bytes: 20_000,
  html: 14_600,
  script: 2_000,
  lcp: 1_000,
  tbt: 20,
  cls: 0,
  accessibility: 100,
};
const picture: Figures = { ...reading, bytes: 45_000, html: 45_000, lcp: 1_300 };

const pages = (entry: string): readonly (readonly [string, string, Figures])[] => [
  ['home', '', reading],
  ['list', '/initiatives', reading],
  ['list near Arnhem', '/initiatives?near=Arnhem', reading],
  ['entry', entry, reading],
  ['map', '/map', picture],
  ['shoreline', '/shoreline', picture],
  ['network', '/network', picture],
  ['chains', '/chains', reading],
  ['stories', '/stories', reading],
  ['story of five voices', '/stories/zo-leest-een-verhaal-van-velen', reading],
  ['telling', '/tellings/voorbeeld3', reading],
];

async function firstEntry(url: string): Promise<string> {
  const list = await (await fetch(`${url}/nl/initiatives`, { headers: { accept: 'text/html' } })).text();
  const [, found] = /href="(?:[^"]*)?\/nl(\/initiatives\/[^"?#/]+)"/.exec(list) ?? [];
  if (!found) throw new Error('The list names no initiative, so there is no entry to measure.');
  return found;
}

async function measure(url: string, port: number): Promise<Figures> {
  const answer = await lighthouse(url, {
    port,
    logLevel: 'error',
    output: 'json',
    onlyCategories: ['performance', 'accessibility'],
  });
  if (!answer) throw new Error(`Lighthouse said nothing of ${url}.`);
  const { audits, categories, runtimeError } = answer.lhr;
  if (runtimeError) throw new Error(`Lighthouse could not measure ${url}: ${runtimeError.message}`);
  const { details } = audits['network-requests'] ?? {};
  const requests = details?.type === 'table' ? details.items : [];
  const bytesOf = (kind?: string) =>
    requests
      .filter((each) => !kind || each.resourceType === kind)
      .reduce((sum, each) => sum + Number(each.transferSize), 0);
  const value = (audit: string) => audits[audit]?.numericValue ?? NaN;
  return {
    bytes: bytesOf(),
    html: bytesOf('Document'),
    script: bytesOf('Script'),
    lcp: value('largest-contentful-paint'),
    tbt: value('total-blocking-time'),
    cls: value('cumulative-layout-shift'),
    accessibility: Math.round((categories.accessibility?.score ?? 0) * 100),
  };
}

/** Lighthouse now and then loses its own trace on a busy machine; that is no word about the page. */
function patiently<Answer>(work: () => Promise<Answer>, tries = 3): Promise<Answer> {
  return work().catch((error: unknown) => {
    if (tries <= 1) throw error;
    return patiently(work, tries - 1);
  });
}

/** The median of each figure over the runs. */
function middle(runs: readonly Figures[]): Figures {
  const of = (name: keyof Figures) =>
    runs.map((run) => run[name]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? NaN;
  return {
    bytes: of('bytes'),
    html: of('html'),
    script: of('script'),
    lcp: of('lcp'),
    tbt: of('tbt'),
    cls: of('cls'),
    accessibility: of('accessibility'),
  };
}

const bare =
  '<!doctype html><html lang="nl"><title>Bare</title><meta name="viewport" content="width=device-width"><main><h1>Bare</h1></main></html>';

/** An almost empty page from a bare server: what the machine and its load cost by themselves. */
async function openFloor(): Promise<{ url: string; close(): void }> {
  const port = await freePort();
  const server = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html; charset=utf-8').end(bare),
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

function missedBy(figures: Figures, bar: Figures): string[] {
  const over = (['bytes', 'html', 'script', 'lcp', 'tbt', 'cls'] as const).filter(
    (name) => !(figures[name] <= bar[name]),
  );
  return figures.accessibility < bar.accessibility ? [...over, 'accessibility'] : over;
}

function line({ page, language, figures, bar, missed, loadThen }: Row): string {
  const told = (name: keyof Figures, unit: number, digits: number) =>
    `${(figures[name] / unit).toFixed(digits)} / ${(bar[name] / unit).toFixed(digits)}${missed.includes(name) ? ' !' : ''}`.padStart(
      15,
    );
  return [
    `${page} (${language})`.padEnd(24),
    told('bytes', 1000, 1),
    told('html', 1000, 1),
    told('script', 1000, 1),
    told('lcp', 1000, 2),
    told('tbt', 1, 0),
    told('cls', 1, 3),
    told('accessibility', 1, 0),
    loadThen.toFixed(1).padStart(8),
  ].join('');
}

const head = ['page', 'all kB', 'html kB', 'script kB', 'LCP s', 'TBT ms', 'CLS', 'a11y']
  .map((name, at) => (at === 0 ? name.padEnd(24) : name.padStart(15)))
  .concat('    load')
  .join('');

/**
 * `npm run bench -- pages [--runs N] [--url ADDRESS]`: measures the public pages with Lighthouse as a cheap phone meets them,
 * prints each figure beside its bar ('!' where it misses), writes bench/out/pages.json.
 */
async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { runs: { type: 'string', default: '3' }, url: { type: 'string' } },
  });
  const times = Math.max(1, Math.min(9, Number(values.runs) || 3));
  const house = values.url ? { url: values.url, stop: async () => undefined } : await startBuiltServer();
  const floor = await openFloor();
  const port = await freePort();
  const phone = await chromium.launch({
    executablePath: chromiumHere(),
    args: [...quietly, `--remote-debugging-port=${port}`],
  });
  const before = loadavg();
  const rows: Row[] = [];
  const tell = async (page: string, language: string, url: string, bar: Figures) => {
    const runs: Figures[] = [];
    for (let run = 0; run < times; run++) runs.push(await patiently(() => measure(url, port)));
    const figures = middle(runs);
    const row: Row = {
      page,
      language,
      figures,
      bar,
      missed: missedBy(figures, bar),
      loadThen: loadavg()[0] ?? NaN,
    };
    rows.push(row);
    console.log(line(row));
  };
  try {
    console.log(
      `median of ${times} runs a page; ours / bar, '!' misses it; ${availableParallelism()} cores\n${head}`,
    );
    const entry = await firstEntry(house.url);
    for (const language of ['nl', 'ar']) {
      await tell('floor', language, floor.url, reading);
      for (const [page, path, bar] of pages(entry))
        await tell(page, language, `${house.url}/${language}${path}`, bar);
    }
  } finally {
    await phone.close();
    floor.close();
    await house.stop();
  }
  const load = { before, after: loadavg() };
  const missing = rows.filter(({ page, missed }) => page !== 'floor' && missed.length > 0).length;
  const told = (loads: readonly number[]) => loads.map((each) => each.toFixed(2)).join(' ');
  console.log(
    `${missing} of ${rows.length - 2} pages miss a bar; load before ${told(before)}, after ${told(load.after)}`,
  );
  console.log(
    'floor is an almost empty page from a bare server: its LCP and TBT are the machine and its load, not ours.',
  );
  await mkdir('bench/out', { recursive: true });
  const browser = execFileSync(chromiumHere(), ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim();
  await writeFile(
    'bench/out/pages.json',
    `${JSON.stringify({ browser, runs: times, load, rows }, null, 1)}\n`,
  );
}

await bench(process.argv.slice(2));
