import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** False while it starts, repairs itself after a crash, or stops. */
  readonly ready: boolean;
}

/** The server that runs on this data folder at this moment, or null; a stale file or a reused process number does not fool it. */
export async function postmasterOf(data: string): Promise<Postmaster | null> {
  const lines = await pidFile(data);
  const pid = Number(lines[0]);
  if (!pid || !(await isPostmaster(pid, data))) return null;
  return { pid, port: Number(lines[3]) || 0, ready: lines[7]?.trim() === 'ready' };
}

async function pidFile(data: string): Promise<string[]> {
  return (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
}

/** Whether a process with this number lives, whoever it belongs to. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isPostmaster(pid: number, data: string): Promise<boolean> {
  if (!lives(pid)) return false;
  const words = await wordsOf(pid);
  // Who may not look must assume the best-known danger: that it is the server.
  return words === null || words.includes(data);
}

/** The command line of a process; null when this machine does not tell. A process that ended but was not fetched has none. */
async function wordsOf(pid: number): Promise<string[] | null> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.split('\0'),
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' || error.code === 'ESRCH' ? [] : null),
    );
  }
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim().split(' '),
    () => null,
  );
}

/**
 * PostgreSQL refuses to start while the process number in a stale file belongs to any process of its account.
 * It takes its own parent's number for stale, so we write ours there. The file itself stays: its other lines let
 * PostgreSQL see whether a part of the dead server still writes.
 */
export async function forgetReusedPid(data: string): Promise<void> {
  const before = await pidFile(data);
  const pid = Number(before[0]);
  if (!pid || !lives(pid) || (await isPostmaster(pid, data))) return;
  const now = await pidFile(data);
  if (now.join('\n') !== before.join('\n')) return;
  await writeFile(join(data, 'postmaster.pid'), [String(process.pid), ...now.slice(1)].join('\n'), {
    flag: 'r+',
  });
}

/** Ends what a killed server left behind on this data folder; where the machine does not show it, nothing happens. */
export async function endOrphans(data: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const at = await readlink(`/proc/${name}/cwd`).catch(() => '');
    if (at !== data) continue;
    const words = await wordsOf(Number(name));
    if (words?.[0]?.startsWith('postgres: ')) {
      try {
        process.kill(Number(name), 'SIGTERM');
      } catch {
        // It ended by itself.
      }
    }
  }
}
