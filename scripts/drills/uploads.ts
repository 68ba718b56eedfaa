import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '#platform/database/launch.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import { sessionCookie } from '#platform/sign-in/cookie.ts';
import { knowByKey } from '#platform/sign-in/persons.server.ts';
import { beginSession } from '#platform/sign-in/sessions.server.ts';
import { leaveSignIn } from '#platform/sign-in/way.server.ts';
import { aPerson } from '#modules/people/testing.ts';
import { aTelling } from '#modules/stories/testing.ts';
import { formWith, hostileFiles, sendRaw, type Told } from '../../tests/support/hostile-files.ts';

const soon = 2_000;
const mostMemory = 512;
const mostLate = 200;

/**
 * Brings files that nobody means well to a house of its own, two at a time, and asks it for its front page all the while. Prints
 * how each was answered and what it cost. Passes when each is answered with a 4xx within two seconds (a body that trickles: within
 * two seconds of being found too slow), nothing is kept, no process takes 512 MB, and the front page comes within 200 ms (p99).
 */
export async function drill(): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-uploads-'));
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
    process.env.STEPPINGSTONES_VAR = home;
    const database = await openDatabase();
    try {
      return (await attack(new URL(`http://127.0.0.1:${port}`), house)) ? 0 : 1;
    } finally {
      await Promise.all([leaveDatabase(), leaveSignIn()]);
      await database.close();
    }
  } finally {
    const ended = new Promise((resolve) => house.once('exit', resolve));
    if (house.exitCode === null) house.kill('SIGTERM');
    if (house.exitCode === null) await ended;
    await rm(home, { recursive: true, force: true });
  }
}

interface Shot {
  readonly what: string;
  readonly send: () => Promise<Told>;
}

async function attack(url: URL, house: ChildProcess): Promise<boolean> {
  const teller = await aPerson('Layla');
  await knowByKey(teller.id ?? '');
  const cookie = `${sessionCookie}=${encodeURIComponent((await beginSession(teller.id ?? '', false)) ?? '')}`;
  const { id } = await aTelling({ teller, openIn: null });
  const shots = await shotsAt(url, id, cookie);
  const watch = watching(url, house);
  const told: (Told & { what: string })[] = [];
  const left = [...shots];
  await Promise.all(
    [0, 1].map(async () => {
      for (let shot = left.shift(); shot; shot = left.shift())
        told.push({ what: shot.what, ...(await shot.send()) });
    }),
  );
  const { late, memory, worker, pages } = await watch.stop();
  const held = await withViewer(teller, (tx) =>
    tx.selectFrom('core.media').select('id').where('telling', '=', id).execute(),
  );
  const wrong = told.filter(({ status, ms }) => status < 400 || status >= 500 || ms > soon);
  const times = told.map(({ ms }) => ms).sort((a, b) => a - b);
  for (const { what, status, ms } of told)
    console.log(`${String(status).padStart(4)} ${ms.toFixed(0).padStart(6)} ms  ${what}`);
  console.log(
    `${told.length} uploads, ${wrong.length} not answered with a 4xx in 2 s; slowest ${times.at(-1)?.toFixed(0)} ms, median ${times[Math.floor(times.length / 2)]?.toFixed(0)} ms; kept: ${held.length}`,
  );
  console.log(`the house took at most ${memory.toFixed(0)} MB, a worker at most ${worker.toFixed(0)} MB`);
  console.log(
    `front page meanwhile: ${pages} times, p99 ${late.toFixed(0)} ms; load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
  return wrong.length === 0 && held.length === 0 && Math.max(memory, worker) < mostMemory && late < mostLate;
}

async function shotsAt(url: URL, telling: string, cookie: string): Promise<Shot[]> {
  const head = (door: string, ...lines: string[]) =>
    Buffer.from(
      [
        `POST /nl/tell/${telling}/${door}?/add HTTP/1.1`,
        `Host: ${url.host}`,
        `Origin: ${url.origin}`,
        `Cookie: ${cookie}`,
        'Accept: text/html',
        ...lines,
        '',
        '',
      ].join('\r\n'),
    );
  const form = 'Content-Type: multipart/form-data; boundary=----steppingstones';
  const shots: Shot[] = (await hostileFiles()).map((file) => {
    const { body } = formWith(file);
    return {
      what: `${file.door}: ${file.what}`,
      send: () => sendRaw(url, [head(file.door, form, `Content-Length: ${body.length}`), body]),
    };
  });
  const raw = (what: string, ...parts: Buffer[]) => shots.push({ what, send: () => sendRaw(url, parts) });
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1_048_576), Buffer.from('\r\n')]);
  raw('a body that says it is ten gigabytes', head('voice', form, 'Content-Length: 10000000000'));
  raw(
    'a body in pieces that go on',
    head('photo', form, 'Transfer-Encoding: chunked'),
    ...Array<Buffer>(40).fill(chunk),
  );
  raw(
    'a form that breaks off',
    head('photo', form, 'Content-Length: 30'),
    Buffer.from('------steppingstones\r\nContent-D'),
  );
  raw(
    'a file that is no form',
    head('photo', 'Content-Type: image/jpeg', 'Content-Length: 4'),
    Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
  );
  raw(
    'a form without a file',
    head('photo', 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 5'),
    Buffer.from('alt=x'),
  );
  const trickle = [
    head('photo', form, 'Content-Length: 5000000'),
    ...Array<Buffer>(300).fill(Buffer.from('x')),
  ];
  // It is found too slow after ten seconds, and then answered.
  shots.push({
    what: 'a body that trickles',
    send: async () => {
      const told = await sendRaw(url, trickle, 100, 40_000);
      return { ...told, ms: Math.max(0, told.ms - 10_000) };
    },
  });
  return shots;
}

/** Asks for the front page without pause and looks at the memory of the house and its workers, until it is stopped. */
function watching(url: URL, house: ChildProcess) {
  let on = true;
  const times: number[] = [];
  let memory = 0;
  let worker = 0;
  const asking = (async () => {
    while (on) {
      const began = performance.now();
      const answer = await fetch(new URL(`/nl/initiatives?q=${times.length}`, url)).catch(() => null);
      await answer?.text();
      times.push(performance.now() - began);
      await pause(20);
    }
  })();
  const weighing = (async () => {
    while (on) {
      for (const { pid, size } of await sizesUnder(house.pid ?? 0))
        if (pid === house.pid) memory = Math.max(memory, size);
        else worker = Math.max(worker, size);
      await pause(25);
    }
  })();
  const stop = async () => {
    on = false;
    await Promise.all([asking, weighing]);
    times.sort((a, b) => a - b);
    return { late: times[Math.floor(times.length * 0.99)] ?? Infinity, memory, worker, pages: times.length };
  };
  return { stop };
}

/** How many megabytes each Node process of the house takes now, from /proc; empty where there is none. */
async function sizesUnder(root: number): Promise<{ pid: number; size: number }[]> {
  const found = new Map<number, { parent: number; size: number; name: string }>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const read = (word: string) => new RegExp(`^${word}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
    const size = Number(read('VmRSS')) / 1_024;
    found.set(Number(name), { parent: Number(read('PPid')), size, name: read('Name') });
  }
  return [...found]
    .filter(([pid, { parent, name }]) => (pid === root || parent === root) && !/postgres/.test(name))
    .map(([pid, { size }]) => ({ pid, size }));
}
