import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '#platform/project.server.ts';

/**
 * Asks a built house of its own `--times` questions (20000) that nobody means well, over all its doors, as everyone who may come
 * to them; `--seed` chooses which. Passes when none is answered with a 5xx, none shows the insides of the house, and nothing
 * was written in its log as an error. The same walk as tests/journeys/fuzz.journey.ts, only longer.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { times: { type: 'string', default: '20000' }, seed: { type: 'string', default: '20151127' } },
  });
  const [times, seed] = [Number(values.times), Number(values.seed)];
  if (!Number.isInteger(times) || times < 1 || times > 1_000_000 || !Number.isInteger(seed)) {
    console.error('--times must be a whole number from 1 to 1000000, and --seed a whole number.');
    return 2;
  }
  const vitest = join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs');
  const words = ['run', '--config', 'tests/journeys/vitest.config.ts', 'fuzz', '--disable-console-intercept'];
  const run = spawn(process.execPath, [vitest, ...words], {
    cwd: projectFolder,
    env: { ...process.env, FUZZ_REQUESTS: String(times), FUZZ_SEED: String(seed) },
    stdio: 'inherit',
  });
  return new Promise((resolve) => run.once('exit', (code) => resolve(code ?? 1)));
}
