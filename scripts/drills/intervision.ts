import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkCircleRules, walkCircles } from './intervision/circles.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of an intervision circle, twice: its steps alone, and phones with their
 * roles; and `--kept` (500) through PostgreSQL, where everything stands sealed; beside the diagram of docs/states/intervision.md.
 * `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      times: { type: 'string', default: '100000' },
      kept: { type: 'string', default: '500' },
      seed: { type: 'string', default: '20151127' },
    },
  });
  const [times, many, seed] = [Number(values.times), Number(values.kept), Number(values.seed)];
  const isFine = [times, many].every((each) => Number.isInteger(each) && each >= 1 && each <= 10_000_000);
  if (!isFine || !Number.isInteger(seed)) {
    console.error('--times and --kept must be whole numbers from 1 to 10000000, and --seed a whole number.');
    return 2;
  }
  const began = performance.now();
  const walked = {
    rules: await walkCircleRules(times, seed),
    roles: await walkCircles(times, seed, 'paper'),
    PostgreSQL: await withThrowAwayDatabase(() => walkCircles(many, seed, 'postgres')),
  };
  let apart = 0;
  for (const [name, { sequences, deeds, refused, reached, disagreements }] of Object.entries(walked)) {
    for (const line of disagreements.slice(0, 5)) console.log(line);
    console.log(
      `${name}: ${sequences} sequences, ${deeds} deeds, ${refused} refused, reached ${JSON.stringify(reached)}: ${disagreements.length} disagreements.`,
    );
    apart += disagreements.length;
  }
  console.log(`${Math.round((performance.now() - began) / 1_000)} s (load ${loadavg()[0]?.toFixed(1)}).`);
  return apart === 0 ? 0 : 1;
}
