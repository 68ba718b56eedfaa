import type { FieldProblem } from '#modules/initiatives/field/rows/input.ts';
import { exits } from '#platform/database/mistake.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Speech } from '#platform/i18n/speech.ts';

/** Ends the transaction, so that nothing of a refused import stays. */
export class Halfway extends Error {
  readonly problems: readonly FieldProblem[];
  constructor(problems: readonly FieldProblem[]) {
    super('refused');
    this.problems = problems;
  }
}

/** Tells every fault of a file that was not taken; answers the exit code. */
export function refuse(say: Speech, problems: readonly FieldProblem[]): number {
  for (const { file, row, id, field, reason, found } of problems) {
    const why = importSays(say, `reason.${reason}`, { found });
    console.error(importSays(say, 'problem', { file, row, id: id || '-', field: field || '-', why }));
  }
  console.error(importSays(say, 'refused', { count: problems.length }));
  return exits.words;
}

/** What an import says to the person at the terminal. */
export function importSays(say: Speech, key: string, values: Record<string, string | number>): string {
  return say(`initiatives.desk.import.${key}` as MessageKey, values);
}
