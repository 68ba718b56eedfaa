import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postmasterOf } from '#platform/database/postmaster.server.ts';

/** How often the database synced its log in three seconds of writing, and how many deeds it acknowledged meanwhile. */
export async function syncsSeen(home: string, acknowledged: () => number) {
  const server = await postmasterOf(join(home, 'postgres'));
  const strace = spawn('strace', [
    '-f',
    '-qq',
    '-e',
    'trace=fdatasync,fsync',
    '-o',
    join(home, 'syncs'),
    '-p',
    String(server?.pid ?? 0),
  ]);
  // The backends that serve already are children of before; each is named.
  const tasks = await readFile(`/proc/${server?.pid}/task/${server?.pid}/children`, 'utf8').catch(() => '');
  const others = tasks
    .trim()
    .split(' ')
    .filter(Boolean)
    .map((pid, at) =>
      spawn('strace', [
        '-f',
        '-qq',
        '-e',
        'trace=fdatasync,fsync',
        '-o',
        join(home, `syncs-${at}`),
        '-p',
        pid,
      ]),
    );
  let absent = false;
  for (const one of [strace, ...others]) one.on('error', () => (absent = true));
  await pause(500);
  const before = acknowledged();
  await pause(3_000);
  const deeds = acknowledged() - before;
  for (const one of [strace, ...others]) one.kill('SIGINT');
  await pause(300);
  if (absent) return { 'deeds while watched': deeds, syncs: 'strace is not installed here' as const };
  const files = await Promise.all(
    ['syncs', ...others.map((_, at) => `syncs-${at}`)].map((name) =>
      readFile(join(home, name), 'utf8').catch(() => ''),
    ),
  );
  const syncs = files.join('').match(/f(data)?sync\(/g)?.length ?? 0;
  return { 'deeds while watched': deeds, syncs };
}
