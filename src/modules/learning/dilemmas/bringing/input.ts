import * as v from 'valibot';
import { readRows, words, type FieldProblem } from '../../../initiatives/field/rows/input.ts';
import { themes } from '../../../initiatives/model.ts';
import { levels, type SourceDilemma } from '../model.ts';

const both = (most: number) => v.object({ nl: words(most), en: words(most) }, 'missing');
const row = v.object({
  id: v.pipe(
    v.string('missing'),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not_a_slug'),
    v.minLength(3, 'not_a_slug'),
    v.maxLength(100, 'not_a_slug'),
  ),
  title: both(120),
  description: both(2_000),
  level: v.picklist(levels, 'not_allowed'),
  themes: v.array(v.picklist(themes, 'not_allowed'), 'wrong_form'),
  questions: v.pipe(v.array(both(200), 'wrong_form'), v.maxLength(8, 'wrong_form')),
  source: v.object({ file: words(200), passage: words(500) }, 'missing'),
});

/** Reads `dilemmas.json` of a field. Every wrong row is told with row, field and reason; one wrong row refuses the whole. */
export function parseDilemmas(
  text: string,
): { ok: true; dilemmas: readonly SourceDilemma[] } | { ok: false; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const rows = readRows('dilemmas.json', text, row, problems);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    dilemmas: rows.map(({ value: { id, description, ...told } }) => ({
      slug: id,
      what: description,
      ...told,
    })),
  };
}
