import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase } from '#platform/database/open.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import { postmasterOf } from '#platform/database/postmaster.server.ts';

type Moment = 'first start' | 'open' | 'import' | 'starting';
type Victim = 'app' | 'database' | 'both';

interface Row {
  readonly round: number;
  readonly moment: Moment;
  readonly victim: Victim;
  readonly 'killed after s': number;
  readonly 'progress lines': number;
  readonly 'database ran': boolean;
  /** What the field looked like after the kill: entries, or entries with this round's name. */
  readonly found: string;
  readonly whole: boolean;
  readonly 'next start s': number | 'failed';
}

const launcher = join(projectFolder, 'bin', 'steppingstones');
const moments: readonly Moment[] = ['first start', 'open', 'import', 'starting'];
const victims: readonly Victim[] = ['app', 'database', 'both'];
const patience = 180_000;

/**
 * Kills the app, its database or both at random moments and starts again, `--times` times (20);
 * `--moment` and `--victim` choose one kind. Passes when every later
 * start came up by itself and every import was there wholly or not at all. Works in a folder of its own.
 */
export async function drill(argv: string[]): Promise<number> {
  delete process.env.DATABASE_URL;
  const { values } = parseArgs({
    args: argv,
    options: {
      times: { type: 'string', default: '20' },
      moment: { type: 'string' },
      victim: { type: 'string' },
    },
  });
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 1 || times > 200) {
    console.error('--times must be a whole number from 1 to 200.');
    return 2;
  }
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-drill-'));
  await chmod(home, 0o755);
  const entries = (
    JSON.parse(await readFile(join(projectFolder, 'db/field/organisations.json'), 'utf8')) as unknown[]
  ).length;
  const rows: Row[] = [];
  try {
    const standing = join(home, 'standing');
    const first = run(standing, ['start']);
    const firstStart = await first.opened;
    if (firstStart === null) throw new Error(`The first start failed: ${first.said()}`);
    await stopped(first.child, 'SIGTERM');
    console.log(`A first start takes ${firstStart.toFixed(1)} s here.`);
    let enough = false;
    process.once('SIGINT', () => (enough = true)).once('SIGTERM', () => (enough = true));
    for (let round = 1; round <= times && !enough; round++) {
      const moment =
        moments.find((one) => one === values.moment) ?? moments[(round - 1) % moments.length] ?? 'open';
      const victim =
        victims.find((one) => one === values.victim) ?? victims[(round - 1) % victims.length] ?? 'app';
      const row = await oneRound({ round, moment, victim, home, standing, entries });
      rows.push(row);
      console.log(
        `${round}/${times} ${moment}, ${victim}: ${row.whole ? 'whole' : 'BROKEN'}, next start ${row['next start s']} s`,
      );
    }
  } finally {
    await stopDatabases(home);
    await rm(home, { recursive: true, force: true });
  }
  console.table(rows);
  const failed = rows.filter((row) => !row.whole || row['next start s'] === 'failed').length;
  console.log(
    `${rows.length - failed} of ${rows.length} came up by themselves with a whole field or none; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  return failed === 0 ? 0 : 1;
}

interface Round {
  readonly round: number;
  readonly moment: Moment;
  readonly victim: Victim;
  readonly home: string;
  readonly standing: string;
  readonly entries: number;
}

async function oneRound({ round, moment, victim, home, standing, entries }: Round): Promise<Row> {
  const folder = moment === 'first start' ? join(home, `fresh-${round}`) : standing;
  const mark = ` (drill ${round})`;
  const words = moment === 'import' ? ['import', 'field', await markedField(home, mark)] : ['start'];
  const running = run(folder, words);
  if (moment === 'open') await running.opened;
  const began = performance.now();
  // Within a first start or an import: before it, or after so many lines of progress.
  const loads = moment === 'first start' || moment === 'import';
  const lines = loads ? Math.floor(Math.random() * 5) : 0;
  if (lines > 0) await running.progress(lines);
  await pause(
    Math.random() *
      (lines > 0 ? 400 : { 'first start': 2_000, open: 1_000, import: 800, starting: 600 }[moment]),
  );
  const waited = (performance.now() - began) / 1_000;
  const server = await postmasterOf(join(folder, 'postgres')).catch(() => null);
  if (victim !== 'database') running.child.kill('SIGKILL');
  if (victim !== 'app' && server) kill(server.pid);
  // An app that lost its database either brings it back or ends with a sentence; then it has to go as well.
  await pause(victim === 'database' ? 500 : 50);
  await stopped(running.child, 'SIGKILL');

  // Half of the rounds start at once, the others look first: looking is a start of its own.
  const like = moment === 'import' ? `%${mark}` : '%';
  const before = round % 2 === 0 ? await countOf(folder, like) : null;
  const next = run(folder, ['start']);
  const seconds = await next.opened;
  if (seconds === null) console.error(next.said());
  await stopped(next.child, 'SIGTERM');
  const found = before ?? (await countOf(folder, like));
  const whole = found === entries || (found === 0 && (before !== null || moment === 'import'));
  if (moment === 'first start') await rm(folder, { recursive: true, force: true });
  return {
    round,
    moment,
    victim,
    'killed after s': Number(waited.toFixed(1)),
    'progress lines': lines,
    'database ran': server !== null,
    found: `${found} of ${entries}`,
    whole,
    'next start s': seconds === null ? 'failed' : Number(seconds.toFixed(1)),
  };
}

interface Running {
  readonly child: ChildProcess;
  /** Seconds until it was open; null when it ended before. */
  readonly opened: Promise<number | null>;
  /** Resolves when an import told its progress so many times, or when the command ended. */
  progress(lines: number): Promise<void>;
  readonly said: () => string;
}

function run(folder: string, words: string[]): Running {
  const began = performance.now();
  const env = { ...process.env, STEPPINGSTONES_VAR: folder, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '' };
  const child = spawn(launcher, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + String(chunk)).slice(-2_000)));
  const opened = new Promise<number | null>((resolve) => {
    const late = setTimeout(() => resolve(null), patience);
    child.stdout.on('data', (chunk) => {
      if (/ is open at http/.test(String(chunk))) {
        clearTimeout(late);
        resolve((performance.now() - began) / 1_000);
      }
    });
    child.once('close', () => {
      clearTimeout(late);
      resolve(null);
    });
  });
  let told = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (told += [...String(chunk).matchAll(/^\d+ \S+ \d+ /gm)].length));
  }
  const progress = async (lines: number) => {
    while (told < lines && child.exitCode === null && child.signalCode === null) await pause(20);
  };
  return { child, opened, progress, said: () => said };
}

async function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone before we came.
  }
}

/** How many entries the street sees with a name like this. */
async function countOf(folder: string, like: string): Promise<number> {
  const before = process.env.STEPPINGSTONES_VAR;
  process.env.STEPPINGSTONES_VAR = folder;
  const database = await openDatabase().finally(() => {
    if (before === undefined) delete process.env.STEPPINGSTONES_VAR;
    else process.env.STEPPINGSTONES_VAR = before;
  });
  const client = new pg.Client({ connectionString: database.appUrls.public });
  await client.connect();
  const { rows } = await client.query<{ many: number }>(
    'select count(*)::int as many from pub.initiative where name like $1',
    [like],
  );
  await client.end();
  await database.close();
  return rows[0]?.many ?? -1;
}

/** A copy of db/field in which every entry has this mark in its name, so that a half import would show. */
async function markedField(home: string, mark: string): Promise<string> {
  const folder = join(home, 'field');
  await rm(folder, { recursive: true, force: true });
  await cp(join(projectFolder, 'db', 'field'), folder, { recursive: true });
  const file = join(folder, 'organisations.json');
  const organisations = JSON.parse(await readFile(file, 'utf8')) as { name: string }[];
  await writeFile(file, JSON.stringify(organisations.map((one) => ({ ...one, name: `${one.name}${mark}` }))));
  return folder;
}

async function stopDatabases(home: string): Promise<void> {
  const server = await postmasterOf(join(home, 'standing', 'postgres')).catch(() => null);
  if (server) kill(server.pid);
}
