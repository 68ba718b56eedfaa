import { aField, layField } from '#modules/initiatives/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptSeats } from './seats/kept.ts';
import { walkSeatRules } from './seats/rules.ts';
import { askedIn, keptLine, rulesLine } from './sequences/asked.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a seat, and `--kept` (500) through PostgreSQL by who keeps the table,
 * who is asked and a stranger, also past the deeds with raw writes, beside the diagram of docs/states/seat.md; `--seed` chooses which.
 * Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const asked = askedIn(argv);
  if (!asked) return 2;
  const { times, many, seed } = asked;
  const rules = await walkSeatRules(times, seed);
  const began = performance.now();
  const kept = await withThrowAwayDatabase(async () => {
    await layField(aField([{ id: 'taalcafe', name: 'Taalcafé' }]));
    const entry = await withViewer(visitor, (tx) =>
      tx.selectFrom('pub.initiative').select(['id', 'slug']).executeTakeFirstOrThrow(),
    );
    return walkKeptSeats(many, seed, entry);
  });
  for (const line of [...rules.disagreements, ...kept.disagreements].slice(0, 10)) console.log(line);
  console.log(rulesLine(rules));
  console.log(keptLine(kept, began));
  return rules.disagreements.length + kept.disagreements.length === 0 ? 0 : 1;
}
