import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkCircleRules, walkCircles } from './intervision/circles.ts';
import { askedIn, rulesLine, tookLine } from './sequences/asked.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of an intervision circle, twice: its steps alone, and phones with their
 * roles; and `--kept` (500) through PostgreSQL, where everything stands sealed; beside the diagram of docs/states/intervision.md.
 * `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const asked = askedIn(argv);
  if (!asked) return 2;
  const { times, many, seed } = asked;
  const began = performance.now();
  const walked = {
    rules: await walkCircleRules(times, seed),
    roles: await walkCircles(times, seed, 'paper'),
    PostgreSQL: await withThrowAwayDatabase(() => walkCircles(many, seed, 'postgres')),
  };
  let apart = 0;
  for (const [name, each] of Object.entries(walked)) {
    for (const line of each.disagreements.slice(0, 5)) console.log(line);
    console.log(rulesLine(each, name));
    apart += each.disagreements.length;
  }
  console.log(tookLine(began));
  return apart === 0 ? 0 : 1;
}
