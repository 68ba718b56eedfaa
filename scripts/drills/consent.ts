import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walk } from './consent/walk.ts';

/**
 * Walks `--times` random sequences (100000) of saying, releasing, publishing past all deeds, withdrawing and passing days through
 * PostgreSQL and through a pure model of the design; `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { times: { type: 'string', default: '100000' }, seed: { type: 'string', default: '20151127' } },
  });
  const [times, seed] = [Number(values.times), Number(values.seed)];
  if (!Number.isInteger(times) || times < 1 || times > 10_000_000 || !Number.isInteger(seed)) {
    console.error('--times must be a whole number from 1 to 10000000, and --seed a whole number.');
    return 2;
  }
  const began = performance.now();
  const walked = await withThrowAwayDatabase((adminUrl) => walk(adminUrl, times, seed));
  for (const disagreement of walked.disagreements.slice(0, 10)) console.log(disagreement);
  console.log(
    `${walked.sequences} sequences, ${walked.deeds} deeds, ${walked.attempts} attempts to publish (${walked.refused} refused), open after ${walked.open} deeds: ${walked.disagreements.length} disagreements, in ${Math.round((performance.now() - began) / 1000)} s (load ${loadavg()[0]?.toFixed(1)}).`,
  );
  return walked.disagreements.length === 0 ? 0 : 1;
}
