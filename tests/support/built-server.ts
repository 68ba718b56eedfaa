import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/platform/database/launch.server.ts';

export interface BuiltServer {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** Its folder, where its database can be joined, and where written.log holds all it said. */
  readonly home: string;
  stop(): Promise<void>;
}

/** Whether a house answers here and is ready. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

/** Starts the whole house as its users do, in a folder of its own that is gone afterwards; ready within five minutes or it throws. */
export async function startBuiltServer(): Promise<BuiltServer> {
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-house-'));
  await chmod(home, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { STEPPINGSTONES_SECRET: _ofAnother, ...around } = process.env;
  const env = {
    ...around,
    HOST: '127.0.0.1',
    PORT: String(port),
    STEPPINGSTONES_VAR: home,
    NODE_ENV: 'production',
    // What a teller releases in a journey is read in the same journey.
    STEPPINGSTONES_DAYS_TO_THINK_AGAIN: '0',
    // Everything it says is kept, to look whether something stands in it that should not.
    LOG_LEVEL: 'info',
  };
  const house = spawn(process.execPath, ['scripts/steppingstones.ts', 'start'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const voice of [house.stdout, house.stderr])
    voice.on('data', (words: Buffer) => {
      told = `${told}${words}`.slice(-4_000);
      appendFileSync(join(home, 'written.log'), words);
    });
  const ended = new Promise<void>((resolve) => house.once('close', () => resolve()));
  const stop = async () => {
    if (house.exitCode === null && house.signalCode === null) house.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600; tries++) {
    if (await isReady(url)) return { url, home, stop };
    if (house.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await stop();
  throw new Error(`The house did not open. Its last words:\n${told}`);
}
