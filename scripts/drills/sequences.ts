import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkRooms } from './sequences/rooms.ts';
import { walkRules } from './sequences/rules.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a session, and `--rooms` (3000) through PostgreSQL, beside
 * the diagrams of docs/states/session.md; `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      times: { type: 'string', default: '100000' },
      rooms: { type: 'string', default: '3000' },
      seed: { type: 'string', default: '20151127' },
    },
  });
  const [times, many, seed] = [Number(values.times), Number(values.rooms), Number(values.seed)];
  const isFine = [times, many].every((each) => Number.isInteger(each) && each >= 1 && each <= 10_000_000);
  if (!isFine || !Number.isInteger(seed)) {
    console.error('--times and --rooms must be whole numbers from 1 to 10000000, and --seed a whole number.');
    return 2;
  }
  const rules = await walkRules(times, seed);
  const began = performance.now();
  const rooms = await withThrowAwayDatabase(() => walkRooms(many, seed));
  for (const line of [...rules.disagreements, ...rooms.disagreements].slice(0, 10)) console.log(line);
  console.log(
    `rules: ${rules.sequences} sequences, ${rules.deeds} deeds, ${rules.refused} refused, reached ${JSON.stringify(rules.reached)}: ${rules.disagreements.length} disagreements.`,
  );
  console.log(
    `PostgreSQL: ${rooms.sequences} sequences, ${rooms.deeds} deeds, ${rooms.refused} refused, ${rooms.votes} votes taken, ${rooms.closed} closed: ${rooms.disagreements.length} disagreements, in ${Math.round((performance.now() - began) / 1_000)} s (load ${loadavg()[0]?.toFixed(1)}).`,
  );
  return rules.disagreements.length + rooms.disagreements.length === 0 ? 0 : 1;
}
