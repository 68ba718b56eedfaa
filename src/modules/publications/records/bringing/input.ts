import * as v from 'valibot';
import { readRows, words, type FieldProblem } from '../../../initiatives/field/rows/input.ts';
import { parseWorks } from '../../../learning/citing/input.ts';
import type { WorkFault } from '../../../learning/citing/model.ts';
import type { LibraryRecord } from '../model.ts';

const row = v.object({
  id: v.pipe(
    v.string('missing'),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not_a_slug'),
    v.minLength(3, 'not_a_slug'),
    v.maxLength(100, 'not_a_slug'),
  ),
  csl: v.record(v.string(), v.unknown()),
  about: v.record(v.pipe(v.string(), v.regex(/^[a-z]{2}$/, 'wrong_form')), words(1_000), 'missing'),
  sources: v.pipe(v.array(words(300), 'wrong_form'), v.minLength(1, 'missing')),
});

const reasonOf: Partial<Record<WorkFault, FieldProblem['reason']>> = {
  missing: 'missing',
  nobody: 'missing',
  year: 'not_a_date',
  type: 'not_allowed',
};

/** Reads `publications.json` of a field: what was published elsewhere. Every wrong row is told; one wrong row refuses the whole. */
export function parseLibrary(
  text: string,
  thisYear: number,
): { ok: true; records: readonly LibraryRecord[] } | { ok: false; problems: FieldProblem[] } {
  const file = 'publications.json';
  const problems: FieldProblem[] = [];
  const records = readRows(file, text, row, problems).flatMap(({ value, row: at }): LibraryRecord[] => {
    const { id, about, sources } = value;
    const read = parseWorks(JSON.stringify([{ ...value.csl, id }]), thisYear);
    const [csl] = read.ok ? read.works : [];
    if (csl) return [{ slug: id, csl, about, source: sources.join('; ').slice(0, 500) }];
    for (const { field, reason, found } of read.ok ? [] : read.problems)
      problems.push({
        file,
        row: at,
        id,
        field: field ?? 'csl',
        reason: reasonOf[reason] ?? 'wrong_form',
        found,
      });
    return [];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, records };
}
