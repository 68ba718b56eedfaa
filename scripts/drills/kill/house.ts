import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postmasterOf } from '#platform/database/postmaster.server.ts';
import { projectFolder } from '#platform/project.server.ts';

export const victims = ['app', 'database', 'both'] as const;
type Victim = (typeof victims)[number];

export interface House {
  readonly child: ChildProcess;
  readonly said: () => string;
}

export async function opened(home: string, port: number): Promise<House> {
  const env = {
    ...process.env,
    STEPPINGSTONES_VAR: home,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'fatal',
  };
  const child = spawn(join(projectFolder, 'bin', 'steppingstones'), ['start'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + String(chunk)).slice(-2_000)));
  const open = await new Promise<boolean>((resolve) => {
    child.stdout.on('data', (chunk) => (/ is open at http/.test(String(chunk)) ? resolve(true) : undefined));
    child.once('exit', () => resolve(false));
  });
  if (!open) throw new Error(`The house did not open: ${said}`);
  return { child, said: () => said };
}

export async function kill(victim: Victim, app: ChildProcess, home: string): Promise<void> {
  const server = await postmasterOf(join(home, 'postgres')).catch(() => null);
  if (victim !== 'database') app.kill('SIGKILL');
  if (victim !== 'app' && server) process.kill(server.pid, 'SIGKILL');
}

/** The house as it stands after a kill: it came back by itself, or is started anew by whoever runs it. */
export async function up(before: House, home: string, port: number): Promise<House> {
  for (let tries = 0; tries < 200; tries++) {
    await pause(50);
    if (before.child.exitCode !== null || before.child.signalCode !== null) return opened(home, port);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await ready?.body?.cancel();
    if (ready?.status === 200) return before;
  }
  await ended(before.child, 'SIGKILL');
  return opened(home, port);
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

/** A start of a database that may lose what was told to it must end with a sentence that says so. */
export async function refusedStart(home: string, port: number): Promise<string> {
  return opened(home, port).then(
    async (house) => {
      await ended(house.child, 'SIGKILL');
      return 'it started';
    },
    (error: Error) =>
      /may lose what was told to it in a power cut: switch on fsync/.test(error.message)
        ? 'refused'
        : error.message,
  );
}
