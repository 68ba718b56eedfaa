import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptEditions } from './editions/kept.ts';
import { walkEditionRules } from './editions/rules.ts';
import { askedIn, keptLine, rulesLine } from './sequences/asked.ts';

/**
 * Walks `--times` random sequences (10000) of telling anew, consenting, quoting, letting go, taking back and sending out along the rules,
 * and `--kept` (300) through PostgreSQL, and compares every quote that goes out, byte by byte, with what its voice consented to; `--seed`
 * chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const asked = askedIn(['--times', '10000', ...argv], 300);
  if (!asked) return 2;
  const { times, many, seed } = asked;
  const rules = walkEditionRules(times, seed);
  const began = performance.now();
  const kept = await withThrowAwayDatabase(() => walkKeptEditions(many, seed));
  for (const line of [...rules.disagreements, ...kept.disagreements].slice(0, 10)) console.log(line);
  console.log(`${rulesLine(rules)} ${rules.quotes} quotes compared.`);
  console.log(keptLine(kept, began, `, ${kept.quotes} quotes compared`));
  return rules.disagreements.length + kept.disagreements.length === 0 ? 0 : 1;
}
