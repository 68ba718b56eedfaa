import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startBuiltServer } from '../tests/support/built-server.ts';

// How fast a public list page is served, kept and freshly rendered, beside the least that can answer.
// All three are measured in turn, several rounds, on loopback; the table gives the median round.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '10' },
    path: { type: 'string', default: '/nl/initiatives' },
  },
});
const bounded = (name: 'rounds' | 'seconds' | 'connections', most: number): number => {
  const given = Number(values[name]);
  if (!Number.isInteger(given) || given < 1 || given > most) {
    console.error(`--${name} must be a whole number from 1 to ${most}.`);
    process.exit(2);
  }
  return given;
};
const rounds = bounded('rounds', 20);
const seconds = bounded('seconds', 30);
const connections = bounded('connections', 200);

interface Figure {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds within which 99 of 100 answers came. */
  readonly p99: number;
  readonly failures: number;
}

const run = promisify(execFile);
const hasWrk = await run('wrk', ['-v']).then(
  () => true,
  (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
);

async function shoot(url: string, forSeconds: number): Promise<Figure> {
  return hasWrk ? shootWithWrk(url, forSeconds) : shootWithAutocannon(url, forSeconds);
}

async function shootWithWrk(url: string, forSeconds: number): Promise<Figure> {
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${forSeconds}s`, '--latency', url]);
  const [, amount = '0', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  const failures = [...stdout.matchAll(/(?:Non-2xx or 3xx responses|connect|read|write|timeout):?\s+(\d+)/g)];
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0),
    p99: Number(amount) * { us: 0.001, ms: 1, s: 1_000 }[unit as 'us' | 'ms' | 's'],
    failures: failures.reduce((sum, [, count]) => sum + Number(count), 0),
  };
}

async function shootWithAutocannon(url: string, forSeconds: number): Promise<Figure> {
  const { default: autocannon } = await import('autocannon');
  const { requests, latency, non2xx, errors } = await autocannon({ url, connections, duration: forSeconds });
  return { rate: requests.average, p99: latency.p99, failures: non2xx + errors };
}

async function bareServer(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'render', 'bare.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
  );
  return { url, child };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const rounded = (number: number, digits = 0): number => Number(number.toFixed(digits));

const ours = await startBuiltServer();
const bare = await bareServer();
const sizes: Record<string, number> = {};
try {
  // A question that no page answers is rendered anew each time.
  const targets = {
    bare: `${bare.url}/`,
    cached: `${ours.url}${values.path}`,
    uncached: `${ours.url}${values.path}?again=1`,
  };
  type Name = keyof typeof targets;
  const names = Object.keys(targets) as Name[];
  for (const name of names) {
    const answer = await fetch(targets[name], { headers: { 'accept-encoding': 'identity' } });
    sizes[name] = (await answer.arrayBuffer()).byteLength;
    if (answer.status !== 200) throw new Error(`${targets[name]} answers ${answer.status}`);
    await shoot(targets[name], 2);
  }
  const load = { before: loadavg()[0] ?? 0, after: 0 };
  const figures: Record<Name, Figure[]> = { bare: [], cached: [], uncached: [] };
  const ratios: Record<Name, number[]> = { bare: [], cached: [], uncached: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) figures[name].push(await shoot(targets[name], seconds));
    for (const name of names)
      ratios[name].push((figures[name].at(-1)?.rate ?? 0) / (figures.bare.at(-1)?.rate || 1));
  }
  load.after = loadavg()[0] ?? 0;
  const bars: Record<Name, { ratio: number; p99: number }> = {
    bare: { ratio: 1, p99: Infinity },
    cached: { ratio: 0.9, p99: Infinity },
    uncached: { ratio: 0.02, p99: 60 },
  };
  const rows = names.map((name) => ({
    page: name,
    kB: rounded((sizes[name] ?? 0) / 1000, 1),
    'answers/s': rounded(median(figures[name].map(({ rate }) => rate))),
    'of bare': rounded(median(ratios[name]), 3),
    'p99 ms': rounded(median(figures[name].map(({ p99 }) => p99)), 2),
    failures: figures[name].reduce((sum, { failures }) => sum + failures, 0),
    bar: name === 'bare' ? '' : `>= ${bars[name].ratio}${name === 'uncached' ? ', p99 <= 60' : ''}`,
  }));
  console.table(rows);
  const met = rows.every(
    (row) =>
      row['of bare'] >= bars[row.page].ratio && row['p99 ms'] <= bars[row.page].p99 && row.failures === 0,
  );
  const tool = hasWrk ? 'wrk' : 'autocannon';
  console.log(
    `${rounds} rounds of ${seconds} s, ${connections} connections, ${tool}; ${availableParallelism()} cores, load ${load.before.toFixed(1)} -> ${load.after.toFixed(1)}`,
  );
  console.log(met ? 'All bars are met.' : 'A bar is not met.');
  await mkdir('bench/out', { recursive: true });
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model,
    node: process.versions.node,
    load,
  };
  await writeFile(
    'bench/out/render.json',
    `${JSON.stringify({ at: new Date().toISOString(), tool, rounds, seconds, connections, machine, rows, figures, met }, null, 2)}\n`,
  );
  process.exitCode = met ? 0 : 1;
} finally {
  bare.child.kill('SIGTERM');
  await ours.stop();
}
