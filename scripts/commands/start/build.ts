import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diskMistake, exits, Mistake, saysDiskFull } from '#platform/database/mistake.ts';
import { lives } from '#platform/database/postmaster.server.ts';

const sources = [
  'src',
  'messages',
  'static',
  'vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/every-door-declared.ts',
];

/** Builds the app when there is no build yet, or when it was made of other sources; two starts at once build once. */
export async function buildIfNeeded(project: string, tell: (line: string) => void): Promise<void> {
  const wanted = await fingerprint(project);
  if (await isMadeOf(project, wanted)) return;
  await alone(join(project, '.svelte-kit', 'building'), async () => {
    if (await isMadeOf(project, wanted)) return;
    tell('Building the app ...');
    const began = performance.now();
    await build(project);
    await writeFile(stamp(project), wanted);
    tell(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  }).catch((error: unknown) => {
    throw diskMistake(error, `the folder ${project}`) ?? error;
  });
}

const stamp = (project: string): string => join(project, 'build', '.made-of');

async function isMadeOf(project: string, wanted: string): Promise<boolean> {
  return (
    existsSync(join(project, 'build', 'handler.js')) &&
    (await readFile(stamp(project), 'utf8').catch(() => '')) === wanted
  );
}

/** A fingerprint of everything the build is made of; tests are not part of it. */
export async function fingerprint(project: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await filesIn(join(project, source))) {
      hash
        .update(relative(project, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesIn(path: string): Promise<string[]> {
  const at = await stat(path).catch(() => null);
  if (!at) return [];
  if (at.isFile()) return [path];
  const inside = await readdir(path, { recursive: true, withFileTypes: true });
  return inside
    .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function build(project: string): Promise<void> {
  const vite = join(project, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: project,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // An app that is stopped while it builds takes its builder along.
  const together = () => child.kill('SIGKILL');
  process.once('exit', together);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said = (said + String(chunk)).slice(-20_000)));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('close', resolve);
  });
  process.off('exit', together);
  if (code === 0) return;
  if (saysDiskFull.test(said))
    throw new Mistake(exits.disk, `The disk is full: the build in ${project} needs more room.`);
  throw new Mistake(
    exits.installation,
    `The app could not be built; 'npm run build' in ${project} shows why, and 'npm ci' often mends it.`,
  );
}

/** Does work that only one process at a time may do; a holder that was killed does not keep the others out. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
  await mkdir(join(lock, '..'), { recursive: true });
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
      const age = await stat(lock).then(
        (at) => Date.now() - at.mtimeMs,
        () => 0,
      );
      if (age > 300_000 || (age > 1_000 && !(holder && lives(holder)))) await rm(lock, { force: true });
      else await pause(100);
    }
  }
  await work().finally(() => rm(lock, { force: true }));
}
