import { withThrowAwayDatabase } from '../throw-away-database.ts';
import { walkKeptConsultations } from './consultations/kept.ts';
import { walkAdviceRules, walkConsultationRules } from './consultations/rules.ts';
import { askedIn, keptLine, rulesLine } from './sequences/asked.ts';

/**
 * Walks `--times` random sequences (100000) of deeds along the rules of a consultation, as many along those of an advice, and `--kept`
 * (500) of all sides through PostgreSQL, also past the deeds with raw writes, beside the diagrams of docs/states; `--seed` chooses which.
 * Passes when they never disagree.
 */
export async function drill(argv: string[]): Promise<number> {
  const asked = askedIn(argv);
  if (!asked) return 2;
  const { times, many, seed } = asked;
  const rules = [await walkConsultationRules(times, seed), await walkAdviceRules(times, seed)];
  const began = performance.now();
  const kept = await withThrowAwayDatabase(() => walkKeptConsultations(many, seed));
  const wrong = [...rules, kept].flatMap(({ disagreements }) => disagreements);
  for (const line of wrong.slice(0, 10)) console.log(line);
  for (const walked of rules) console.log(rulesLine(walked));
  console.log(keptLine(kept, began));
  return wrong.length === 0 ? 0 : 1;
}
