import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** `npm run bench -- NAME [options]` runs bench/NAME.ts, which prints a table and writes bench/out/NAME.json. */
const [name = '', ...options] = process.argv.slice(2);
const here = import.meta.dirname;
const names = (await readdir(here))
  .filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== 'run.ts')
  .map((file) => file.slice(0, -3))
  .sort();

if (!names.includes(name)) {
  console.error(
    `${name ? `There is no measurement '${name}'` : 'Say what to measure'}: npm run bench -- ${names.join(' | ')} [options].`,
  );
  process.exitCode = 2;
} else {
  const child = spawn(process.execPath, [join(here, `${name}.ts`), ...options], {
    stdio: 'inherit',
    cwd: join(here, '..'),
  });
  // The terminal already told the child; we wait until it has cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
