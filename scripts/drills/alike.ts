import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openDatabase } from '#platform/database/open.server.ts';
import { freePort } from '#platform/database/launch.server.ts';
import { projectFolder } from '#platform/project.server.ts';

interface Sample {
  readonly ms: number;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Doors that name an entry, as a visitor asks them. */
const doors = [
  (slug: string) => `/nl/initiatives/${slug}`,
  (slug: string) => `/nl/initiatives/${slug}/keep-by-mail`,
  (slug: string) => `/nl/initiatives/${slug}/keep`,
];
/** Beyond this the two are told apart (TVLA, Goodwill and others 2011). */
const bar = 4.5;

/**
 * Asks for a hidden entry and for one that never was, in turns and in random order, `--times` times each (5000), and tells
 * whether status, headers, body or time differ. Time is compared by Welch's t over the answers without the slowest per cent
 * of both. Passes when nothing but the slug in the address differs and every |t| < 4.5.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { times: { type: 'string', default: '5000' } } });
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 10 || times > 100_000) {
    console.error('--times must be a whole number from 10 to 100000.');
    return 2;
  }
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-alike-'));
  await chmod(home, 0o755);
  const port = await freePort();
  delete process.env.DATABASE_URL;
  const env = {
    ...process.env,
    STEPPINGSTONES_VAR: home,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  };
  const house = spawn(join(projectFolder, 'bin', 'steppingstones'), ['start'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      house.stdout.on('data', (words: Buffer) =>
        String(words).includes(' is open at ') ? resolve() : undefined,
      );
      house.once('exit', () => reject(new Error('The house did not open.')));
    });
    const hidden = await hideOne(home);
    // As long as the other, and of the same letters, so that nothing differs but whether it is there.
    const absent = randomBytes(hidden.length).toString('hex').slice(0, hidden.length);
    let passed = true;
    for (const door of doors) passed = (await compare(port, door(hidden), door(absent), times)) && passed;
    console.log(`load ${(loadavg()[0] ?? 0).toFixed(1)}`);
    return passed ? 0 : 1;
  } finally {
    const ended = new Promise((resolve) => house.once('exit', resolve));
    if (house.exitCode === null) house.kill('SIGTERM');
    if (house.exitCode === null) await ended;
    await rm(home, { recursive: true, force: true });
  }
}

/** Hides one entry of the field as a keeper would, and answers its slug. */
async function hideOne(home: string): Promise<string> {
  process.env.STEPPINGSTONES_VAR = home;
  const database = await openDatabase();
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query(`select set_config('app.viewer_kind', 'operator', false)`);
    const { rows } = await client.query<{ id: string; slug: string }>(
      `update core.initiative set visibility = 'hidden' where id = (select id from core.initiative order by slug limit 1 offset 20) returning id, slug`,
    );
    const [row] = rows;
    if (!row) throw new Error('There is no entry to hide.');
    await client.query('select core.lay_open($1::uuid[])', [[row.id]]);
    return row.slug;
  } finally {
    await client.end();
    await database.close();
  }
}

async function compare(port: number, hidden: string, absent: string, times: number): Promise<boolean> {
  const samples: Record<'hidden' | 'absent', Sample[]> = { hidden: [], absent: [] };
  for (let warm = 0; warm < 200; warm++) await ask(port, warm % 2 ? hidden : absent);
  while (samples.hidden.length < times || samples.absent.length < times) {
    const pair = Math.random() < 0.5 ? (['hidden', 'absent'] as const) : (['absent', 'hidden'] as const);
    for (const which of pair) samples[which].push(await ask(port, which === 'hidden' ? hidden : absent));
  }
  const told = (which: 'hidden' | 'absent', path: string) => {
    const slug = path.split('/')[3] ?? '';
    return new Set(
      samples[which].map(({ status, headers, body }) =>
        [status, headers, body].join('\n').replaceAll(slug, 'SLUG'),
      ),
    );
  };
  const [one, other] = [told('hidden', hidden), told('absent', absent)];
  const same = one.size === 1 && other.size === 1 && [...one][0] === [...other][0];
  const t = welch(
    samples.hidden.map(({ ms }) => ms),
    samples.absent.map(({ ms }) => ms),
  );
  const middle = (which: 'hidden' | 'absent') => median(samples[which].map(({ ms }) => ms)).toFixed(3);
  console.log(
    `${hidden.replace(/initiatives\/[^/]+/, 'initiatives/SLUG')}: status ${samples.hidden[0]?.status}, answers ${same ? 'the same' : 'DIFFER'}, ` +
      `median ${middle('hidden')} ms hidden and ${middle('absent')} ms absent, |t| = ${Math.abs(t).toFixed(2)} over 2 x ${times} (bar ${bar})`,
  );
  return same && Math.abs(t) < bar;
}

function ask(port: number, path: string): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const asked = request(
      { host: '127.0.0.1', port, path, agent: false, headers: { accept: 'text/html' } },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.once('end', () => {
          const ms = Number(process.hrtime.bigint() - began) / 1e6;
          // The tag is a hash of the body, which names the address that was asked; the bodies themselves are compared.
          const { date: _date, etag: _tag, ...headers } = answer.headers;
          resolve({
            ms,
            status: answer.statusCode ?? 0,
            headers: JSON.stringify(headers),
            body: String(Buffer.concat(parts)),
          });
        });
      },
    );
    asked.once('error', reject).end();
  });
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Welch's t of two sets of times, each without what is slower than 99 per cent of both together (a pause of the machine says nothing). */
function welch(one: readonly number[], other: readonly number[]): number {
  const all = [...one, ...other].sort((a, b) => a - b);
  const slowest = all[Math.floor(all.length * 0.99)] ?? Infinity;
  const facts = (numbers: readonly number[]) => {
    const kept = numbers.filter((ms) => ms <= slowest);
    const mean = kept.reduce((sum, ms) => sum + ms, 0) / kept.length;
    const variance = kept.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / (kept.length - 1);
    return { mean, error: variance / kept.length };
  };
  const [a, b] = [facts(one), facts(other)];
  return (a.mean - b.mean) / Math.sqrt(a.error + b.error);
}
