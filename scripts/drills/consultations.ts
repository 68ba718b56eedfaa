import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptConsultations } from './consultations/kept.ts';
import { walkAdviceRules, walkConsultationRules } from './consultations/rules.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a consultation, as many along those of an advice, and `--kept`
 * (500) of all sides through PostgreSQL, also past the deeds with raw writes, beside the diagrams of docs/states; `--seed` chooses which.
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
  const rules = [await walkConsultationRules(times, seed), await walkAdviceRules(times, seed)];
  const began = performance.now();
  const kept = await withThrowAwayDatabase(() => walkKeptConsultations(many, seed));
  const wrong = [...rules, kept].flatMap(({ disagreements }) => disagreements);
  for (const line of wrong.slice(0, 10)) console.log(line);
  for (const walked of rules)
    console.log(
      `rules: ${walked.sequences} sequences, ${walked.deeds} deeds, ${walked.refused} refused, reached ${JSON.stringify(walked.reached)}: ${walked.disagreements.length} disagreements.`,
    );
  console.log(
    `PostgreSQL: ${kept.sequences} sequences, ${kept.deeds} deeds, ${kept.refused} refused: ${kept.disagreements.length} disagreements, in ${Math.round((performance.now() - began) / 1_000)} s (load ${loadavg()[0]?.toFixed(1)}).`,
  );
  return wrong.length === 0 ? 0 : 1;
}
