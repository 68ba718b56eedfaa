import { spawn } from 'node:child_process';
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { surroundings, type Account } from './cluster.server.ts';
import { diskMistake, exits, Mistake, saysDiskFull } from './mistake.ts';
import { endOrphans, forgetReusedPid, postmasterOf } from './postmaster.server.ts';

/** A data folder and what it takes to run PostgreSQL on it. */
export interface House {
  readonly home: string;
  readonly data: string;
  readonly postgres: string;
  readonly as: Account;
  readonly settings: readonly string[];
  readonly tell: (line: string) => void;
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Starts the server; 'ready' when it takes work, 'later' when another one was first or the old one is not wholly gone. */
export async function startServer(house: House): Promise<'ready' | 'later'> {
  await forgetReusedPid(house.data);
  const portFile = join(house.home, 'postgres-port');
  const before = Number(await readFile(portFile, 'utf8').catch(() => '')) || 0;
  const port = before && (await isFree(before)) ? before : await freePort();
  const log = await openLog(join(house.home, 'postgres.log'));
  const from = (await log.stat()).size;
  const child = spawn(
    house.postgres,
    [
      '-D',
      house.data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...privateLog,
      ...house.settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...house.as, cwd: '/', env: surroundings, stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  await log.close();
  child.unref();
  let over = false;
  child.once('error', () => (over = true));
  child.once('exit', () => (over = true));
  const slow = setTimeout(
    () => house.tell('The database repairs itself after an unclean stop; this can take a while.'),
    5_000,
  );
  try {
    for (;;) {
      const running = await postmasterOf(house.data);
      if (running?.pid === child.pid && running?.ready) break;
      if (over) return await whyNot(house, child.pid ?? 0, from);
      await pause(20);
    }
  } finally {
    clearTimeout(slow);
  }
  await writeFile(portFile, String(port)).catch(() => undefined);
  return 'ready';
}

// The server's own life is logged; what a statement met, which may quote a row, is for the one who sent it.
const privateLog = [
  '-c',
  'log_line_prefix=%m [%p] ',
  '-c',
  'log_min_messages=log',
  '-c',
  'log_error_verbosity=terse',
  '-c',
  'log_min_error_statement=panic',
  '-c',
  'log_timezone=UTC',
  '-c',
  'timezone=UTC',
];

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function openLog(path: string) {
  const size = await stat(path).then(
    (at) => at.size,
    () => 0,
  );
  if (size > 5_000_000) await rename(path, `${path}.1`).catch(() => undefined);
  return open(path, 'a', 0o600).catch((error: unknown) => {
    throw diskMistake(error, path) ?? error;
  });
}

async function whyNot(house: House, pid: number, from: number): Promise<'later'> {
  const log = await readFile(join(house.home, 'postgres.log')).catch(() => Buffer.alloc(0));
  const words = log
    .subarray(from)
    .toString()
    .split('\n')
    .filter((line) => line.includes(`[${pid}]`) || !/\[\d+\]/.test(line))
    .slice(-20);
  const said = (pattern: RegExp) => words.some((line) => pattern.test(line));
  if (said(/pre-existing shared memory block/)) {
    await pause(1_000);
    await endOrphans(house.data);
    return 'later';
  }
  if (said(saysDiskFull))
    throw new Mistake(exits.disk, `The disk is full: the database in ${house.home} needs more room.`);
  if (said(/lock file|Address already in use|could not create any TCP/)) return 'later';
  if (said(/wrong ownership|Permission denied/)) {
    throw new Mistake(
      exits.disk,
      `The database in ${house.home} belongs to another account; start as the one that made it.`,
    );
  }
  if (said(/incompatible with server|not compatible with this version/)) {
    throw new Mistake(
      exits.database,
      `The database in ${house.home} was made by another version of PostgreSQL; bring it over with pg_dump and pg_restore first.`,
    );
  }
  const last = words.findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(FATAL|PANIC):\s*/, '');
  throw new Mistake(
    exits.database,
    `The database in ${house.home} does not start: ${last ?? 'its log tells why'} (${join(house.home, 'postgres.log')}).`,
  );
}
