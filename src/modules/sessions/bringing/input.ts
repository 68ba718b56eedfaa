import * as v from 'valibot';
import type { Day } from '#platform/clock.ts';
import { fieldDate } from '../../initiatives/field/model.ts';
import { maybe, readRows, shown, words, type FieldProblem } from '../../initiatives/field/rows/input.ts';
import { themes } from '../../initiatives/model.ts';
import { sessionKinds, type Words } from '../model.ts';
import type { ToldSession } from './model.ts';

const file = 'sessions.json';

const slug = v.pipe(
  v.string('missing'),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not_a_slug'),
  v.maxLength(100, 'not_a_slug'),
);
const list = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.optional(v.array(schema, 'wrong_form'), []);
const count = (least: number, most: number) =>
  v.pipe(
    v.number('wrong_form'),
    v.integer('wrong_form'),
    v.minValue(least, 'wrong_form'),
    v.maxValue(most, 'wrong_form'),
  );

const row = v.object({
  id: slug,
  number: maybe(count(1, 999)),
  title_nl: words(200),
  title_en: words(200),
  kind: v.picklist(sessionKinds, 'not_allowed'),
  date: maybe(
    v.pipe(
      v.string('not_a_date'),
      v.check((text) => fieldDate(text) !== null && !text.startsWith('~'), 'not_a_date'),
    ),
  ),
  dateNote: maybe(words(300)),
  place: maybe(words(200)),
  themes: list(v.picklist(themes, 'not_allowed')),
  participants: maybe(count(0, 1_000_000)),
  participantsNote: maybe(words(300)),
  organisers: list(slug),
  questions: list(words(500)),
  actions: list(v.object({ text: words(500), owners: list(slug) })),
  insights: list(words(500)),
  sources: v.pipe(v.array(words(1000), 'wrong_form'), v.minLength(1, 'missing')),
  confidence: v.picklist(['high', 'medium', 'low'], 'not_allowed'),
  note: maybe(words(500)),
});

/** What a rendering of the field says of its gatherings: `{"<id>/question/1": "..."}`. */
const rendered = v.object({ sessions: v.optional(v.record(v.string(), words(700)), {}) });

/**
 * Reads `sessions.json` of a field with what its renderings say of it. Every wrong row is told with row, field and reason; one wrong
 * row refuses the whole. What is told of a day after `madeOn` was not held yet, and is no such row.
 */
export function parseToldSessions(
  text: string,
  renderings: Readonly<Record<string, string>>,
  madeOn: Day,
): { ok: true; sessions: ToldSession[] } | { ok: false; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const rows = readRows(file, text, row, problems);
  const others = Object.entries(renderings).map(([language, each]) => ({
    language,
    texts: readRendered(language, each, problems),
  }));
  const asked = new Set<string>();
  const told = (name: string, english: string): Words => {
    asked.add(name);
    const more = others.flatMap(({ language, texts }) =>
      texts[name] === undefined ? [] : [[language, texts[name]] as const],
    );
    return { en: english, ...Object.fromEntries(more) };
  };
  const sessions = rows.map(({ value, row: at }): ToldSession => {
    const held = value.date === null ? null : fieldDate(value.date);
    if (held && held.day > madeOn)
      problems.push({
        file,
        row: at,
        id: value.id,
        field: 'date',
        reason: 'not_a_date',
        found: shown(value.date),
      });
    const each = (kind: 'question' | 'insight' | 'action' | 'note', texts: readonly string[]) =>
      texts.map((english, place) => ({ kind, texts: told(`${value.id}/${kind}/${place + 1}`, english) }));
    const actions = each(
      'action',
      value.actions.map((action) => action.text),
    );
    const notes = [value.dateNote, value.participantsNote, value.note].filter((note) => note !== null);
    return {
      row: at,
      slug: value.id,
      kind: value.kind,
      number: value.number,
      title: {
        nl: value.title_nl,
        en: value.title_en,
        ...withoutMissing(others.map(({ language, texts }) => [language, texts[`${value.id}/title`]])),
      },
      themes: value.themes,
      place: value.place,
      held,
      // A number the sources explain may count stories or initiatives; it is then told in their words only.
      people: value.participantsNote === null ? value.participants : null,
      organisers: value.organisers,
      notes: [
        ...each('question', value.questions),
        ...each('insight', value.insights),
        ...actions,
        ...each('note', notes),
        ...value.sources.map((source) => ({ kind: 'source' as const, texts: { und: source } })),
      ],
      agreed: actions.map(({ texts }, place) => ({ texts, owners: value.actions[place]?.owners ?? [] })),
      confidence: value.confidence,
    };
  });
  for (const { value } of rows) asked.add(`${value.id}/title`);
  for (const { language, texts } of others)
    for (const name of Object.keys(texts))
      if (!asked.has(name))
        problems.push({
          file: `renderings/${language}.json`,
          row: 0,
          id: '',
          field: `sessions.${name}`,
          reason: 'unknown_entry',
          found: shown(texts[name]),
        });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, sessions };
}

const withoutMissing = (pairs: readonly (readonly [string, string | undefined])[]): Words =>
  Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));

function readRendered(
  language: string,
  text: string,
  problems: FieldProblem[],
): Readonly<Record<string, string>> {
  const told = (field: string, found: unknown) =>
    problems.push({
      file: `renderings/${language}.json`,
      row: 0,
      id: '',
      field,
      reason: 'wrong_form',
      found: shown(found),
    });
  try {
    const read = v.safeParse(rendered, JSON.parse(text));
    if (read.success) return read.output.sessions;
    for (const issue of read.issues) told(v.getDotPath(issue) ?? '', issue.input);
  } catch (error) {
    problems.push({
      file: `renderings/${language}.json`,
      row: 0,
      id: '',
      field: '',
      reason: 'not_json',
      found: (error as Error).message,
    });
  }
  return {};
}
