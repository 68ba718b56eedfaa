import { spawnSync } from 'node:child_process';

/** Walks the journeys in every way: each language, width and with script on and off. Words choose files, as of `npm test`. */
export function drill(argv: string[]): number {
  const env = { ...process.env, STEPPINGSTONES_EVERY_WAY: '1' };
  const wanted = argv.length > 0 ? argv : ['tests/journeys'];
  const { status } = spawnSync(process.execPath, ['scripts/test.ts', ...wanted], { env, stdio: 'inherit' });
  return status ?? 1;
}
