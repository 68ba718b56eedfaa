import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { aField, layField } from '#modules/initiatives/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptSeats } from './seats/kept.ts';
import { walkSeatRules } from './seats/rules.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a seat, and `--kept` (500) through PostgreSQL by who keeps the table,
 * who is asked and a stranger, also past the deeds with raw writes, beside the diagram of docs/states/seat.md; `--seed` chooses which.
 * Passes when they never disagree.
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
  console.log(
    `rules: ${rules.sequences} sequences, ${rules.deeds} deeds, ${rules.refused} refused, reached ${JSON.stringify(rules.reached)}: ${rules.disagreements.length} disagreements.`,
  );
  console.log(
    `PostgreSQL: ${kept.sequences} sequences, ${kept.deeds} deeds, ${kept.refused} refused: ${kept.disagreements.length} disagreements, in ${Math.round((performance.now() - began) / 1_000)} s (load ${loadavg()[0]?.toFixed(1)}).`,
  );
  return rules.disagreements.length + kept.disagreements.length === 0 ? 0 : 1;
}
