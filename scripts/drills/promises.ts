import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptPromises } from './promises/kept.ts';
import { walkPromiseRules } from './promises/rules.ts';
import { askedIn, keptLine, rulesLine } from './sequences/asked.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a promise, and `--kept` (2000) through PostgreSQL, also past the
 * deeds with raw writes, beside the diagram of docs/states/promise.md; `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const asked = askedIn(argv, 2_000);
  if (!asked) return 2;
  const { times, many, seed } = asked;
  const rules = await walkPromiseRules(times, seed);
  const began = performance.now();
  const kept = await withThrowAwayDatabase(() => walkKeptPromises(many, seed));
  for (const line of [...rules.disagreements, ...kept.disagreements].slice(0, 10)) console.log(line);
  console.log(rulesLine(rules));
  console.log(keptLine(kept, began));
  return rules.disagreements.length + kept.disagreements.length === 0 ? 0 : 1;
}
