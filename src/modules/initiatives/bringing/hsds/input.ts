import type { Day } from '#platform/clock.ts';
import type { FieldEvent } from '../../field/model.ts';
import { entriesFromHsds } from '../../hsds/intake/input.ts';
import { fieldEntryOf } from '../../hsds/intake/model.ts';
import { shown, type RowProblem, type RowReason } from '../model.ts';
import type { RowsRead } from '../rows/input.ts';

const sameReasons: Readonly<Record<string, RowReason>> = { not_json: 'wrong_form', not_a_list: 'wrong_form' };

/**
 * The organizations of a file in the form of HSDS as rows of a source: what public sources tell of each. What only the
 * initiative or a verifier may say, and relations, are not taken from a file that anyone may have made.
 */
export function hsdsRows(json: unknown, wishes: { source: string; language: string; today: Day }): RowsRead {
  const read = entriesFromHsds(json, { language: wishes.language, readOn: wishes.today });
  if (!read.ok) {
    const problems = read.problems.map(({ row, field, reason, found }): RowProblem => ({
      row,
      field: '',
      column: field,
      reason: sameReasons[reason] ?? (reason as RowReason),
      found: shown(found),
      hint: '',
    }));
    return { rows: [], faulty: [], problems };
  }
  const rows = read.entries.map((brought) => {
    const entry = fieldEntryOf(brought);
    const noticed: FieldEvent = {
      key: `${wishes.source}/${brought.id}/noticed`,
      kind: 'noticed',
      day: null,
      precision: 'unknown',
      change: {},
      sources: brought.sources,
      texts: [],
    };
    const begun = entry.events.some(({ kind }) => kind === 'founded' || kind === 'noticed');
    return {
      row: brought.row,
      key: brought.id,
      entry: {
        ...entry,
        sources: entry.sources.length > 0 ? entry.sources : [wishes.source],
        place: brought.place,
        events: begun ? entry.events : [noticed, ...entry.events],
      },
      place: brought.place,
      unsaid: new Set((['mail', 'phone'] as const).filter((contact) => brought[contact] === null)),
    };
  });
  return { rows, faulty: [], problems: [] };
}
