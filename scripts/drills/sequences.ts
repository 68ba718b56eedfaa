import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkRooms } from './sequences/rooms.ts';
import { askedIn, keptLine, rulesLine } from './sequences/asked.ts';
import { walkRules } from './sequences/rules.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a session, and `--rooms` (3000) through PostgreSQL, beside
 * the diagrams of docs/states/session.md; `--seed` chooses which. Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const asked = askedIn(argv, 3_000, 'rooms');
  if (!asked) return 2;
  const { times, many, seed } = asked;
  const rules = await walkRules(times, seed);
  const began = performance.now();
  const rooms = await withThrowAwayDatabase(() => walkRooms(many, seed));
  for (const line of [...rules.disagreements, ...rooms.disagreements].slice(0, 10)) console.log(line);
  console.log(rulesLine(rules));
  console.log(keptLine(rooms, began, `, ${rooms.votes} votes taken, ${rooms.closed} closed`));
  return rules.disagreements.length + rooms.disagreements.length === 0 ? 0 : 1;
}
