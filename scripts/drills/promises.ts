import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptPromises } from './promises/kept.ts';
import { walkPromiseRules } from './promises/rules.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a promise, and `--kept` (2000) through PostgreSQL, also past the
 * deeds with raw writes, beside the diagram of docs/states/promise.md; `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      times: { type: 'string', default: '100000' },
      kept: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '20151127' },
    },
  });
  const [times, many, seed] = [Number(values.times), Number(values.kept), Number(values.seed)];
  const isFine = [times, many].every((each) => Number.isInteger(each) && each >= 1 && each <= 10_000_000);
  if (!isFine || !Number.isInteger(seed)) {
    console.error('--times and --kept must be whole numbers from 1 to 10000000, and --seed a whole number.');
    return 2;
  }
  const rules = await walkPromiseRules(times, seed);
  const began = performance.now();
  const kept = await withThrowAwayDatabase(() => walkKeptPromises(many, seed));
  for (const line of [...rules.disagreements, ...kept.disagreements].slice(0, 10)) console.log(line);
  console.log(
    `rules: ${rules.sequences} sequences, ${rules.deeds} deeds, ${rules.refused} refused, reached ${JSON.stringify(rules.reached)}: ${rules.disagreements.length} disagreements.`,
  );
  console.log(
    `PostgreSQL: ${kept.sequences} sequences, ${kept.deeds} deeds, ${kept.refused} refused: ${kept.disagreements.length} disagreements, in ${Math.round((performance.now() - began) / 1_000)} s (load ${loadavg()[0]?.toFixed(1)}).`,
  );
  return rules.disagreements.length + kept.disagreements.length === 0 ? 0 : 1;
}
