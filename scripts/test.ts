import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

type Kind = 'rule' | 'database' | 'journey';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const project = join(import.meta.dirname, '..');
process.chdir(project);

/** A test that reaches a real database does so through one of these. */
const reachesDatabase = /support\/database\.ts|database\/(embedded|open)\.server\.ts|bin\/steppingstones/;

async function filesOf(wanted: readonly string[]): Promise<Record<Kind, string[]>> {
  const files: Record<Kind, string[]> = { rule: [], database: [], journey: [] };
  for await (const file of glob(['{src,tests,scripts,bench}/**/*.test.ts', 'tests/journeys/*.journey.ts'])) {
    if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
    if (file.endsWith('.journey.ts')) files.journey.push(file);
    else files[reachesDatabase.test(await readFile(file, 'utf8')) ? 'database' : 'rule'].push(file);
  }
  for (const list of Object.values(files)) list.sort();
  return files;
}

async function ran(kind: Kind, include: string[]): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  console.log(`\n${kind} tests`);
  const vitest = await startVitest('test', [], {
    run: true,
    watch: false,
    include,
    // Rules need no database, and the journeys meet one behind the running app.
    ...(kind === 'database' ? {} : { globalSetup: [] }),
    ...(kind === 'journey' ? { fileParallelism: false, testTimeout: 60_000 } : {}),
  });
  for (const module of vitest.state.getTestModules()) {
    const before = counts.passed + counts.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed++;
      else if (state === 'failed') counts.failed++;
      else counts.skipped++;
    }
    // A file that breaks before its first test is a failure too.
    if (module.state() === 'failed' && counts.passed + counts.failed === before) counts.failed++;
  }
  counts.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
  return counts;
}

interface RunningApp {
  readonly url: Promise<string>;
  stop(): Promise<void>;
}

/** The built app as a visitor meets it, with a database of its own that holds the real field. */
async function runningApp(): Promise<RunningApp> {
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-journeys-'));
  await chmod(home, 0o755);
  const { DATABASE_URL: _, ...environment } = process.env;
  const child: ChildProcess = spawn(join(project, 'bin', 'steppingstones'), ['start'], {
    env: { ...environment, HOST: '127.0.0.1', PORT: '0', STEPPINGSTONES_VAR: join(home, 'var') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => (said = (said + String(chunk)).slice(-4_000)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const found = /http:\/\/\S+/.exec(String(chunk))?.[0];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`The app for the journeys did not open: ${said.trim()}`)));
  });
  url.catch(() => undefined);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Where Chromium is: what CHROMIUM_PATH says, or the usual places, or the one Playwright fetched. */
async function chromium(): Promise<string | null> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : null;
  const { chromium: own } = await import('playwright-core');
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', own.executablePath()];
  return places.find((path) => path && existsSync(path)) ?? null;
}

async function journeys(files: string[], app: RunningApp | null): Promise<Counts> {
  const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (files.length === 0 || !app) return nothing;
  const browser = await chromium();
  if (!browser) {
    console.error(
      process.env.CHROMIUM_PATH
        ? `There is no browser at CHROMIUM_PATH (${process.env.CHROMIUM_PATH}).`
        : "The journeys need Chromium: run 'apt-get install chromium' as root, or set CHROMIUM_PATH to one you have.",
    );
    return { ...nothing, failed: files.length };
  }
  try {
    process.env.CHROMIUM_PATH = browser;
    process.env.STEPPINGSTONES_URL = await app.url;
  } catch (error) {
    console.error((error as Error).message);
    return { ...nothing, failed: files.length };
  }
  return ran('journey', files);
}

const wanted = process.argv.slice(2);
const files = await filesOf(wanted);
// It builds and loads while the other tests run.
const app = files.journey.length > 0 ? await runningApp() : null;
const counts: Record<Kind, Counts> = {
  rule: files.rule.length > 0 ? await ran('rule', files.rule) : { passed: 0, failed: 0, skipped: 0 },
  database: files.database.length > 0 ? await ran('database', files.database) : { passed: 0, failed: 0, skipped: 0 },
  journey: await journeys(files.journey, app),
};
await app?.stop();

const kinds = Object.keys(counts) as Kind[];
console.log('');
let absent = 0;
for (const kind of kinds) {
  const { passed, failed, skipped } = counts[kind];
  console.log(`${kind} tests: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  // Asked for a part, the other kinds may well be empty; asked for all, an empty kind means that nothing was looked at.
  if (wanted.length === 0 && passed + failed === 0) {
    console.error(`No ${kind} test ran.`);
    absent++;
  }
}
if (wanted.length > 0 && kinds.every((kind) => counts[kind].passed + counts[kind].failed === 0)) absent++;
const passed = kinds.reduce((sum, kind) => sum + counts[kind].passed, 0);
const failed = kinds.reduce((sum, kind) => sum + counts[kind].failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || absent > 0 ? 1 : 0);
