import { fields, type Field, type Mapping } from './model.ts';

/** What someone says a file means: under which name its source is remembered, which sheet counts, what its columns mean. */
export interface MeantFile {
  readonly source: string;
  readonly sheet: string | null;
  readonly mapping: Mapping;
}

export const longestSource = 50;

const isField = (word: string): word is Field => (fields as readonly string[]).includes(word);

/** The name of a source as it is kept: one line of visible signs, at most fifty; 'field' is the house's own. */
export function sourceName(words: unknown): string {
  const name = String(words ?? '')
    .toWellFormed()
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestSource)
    .trim();
  return name === 'field' || name === 'hsds' ? `${name}-` : name;
}

/** Reads the form that says what a file means; a column that is not spoken of, or in words that are none of ours, is left out. */
export function parseMeaning(form: FormData, columns: readonly string[]): MeantFile {
  const sheet = form.get('sheet');
  return {
    source: sourceName(form.get('source')),
    sheet: typeof sheet === 'string' && sheet !== '' ? sheet.slice(0, 200) : null,
    mapping: Object.fromEntries(
      columns.map((column, at) => {
        const field = form.get(`column-${at}`);
        return [column, typeof field === 'string' && isField(field) ? field : ''];
      }),
    ),
  };
}

/** A mapping that lies in a file: `{"column": "field"}`; null when it is no such thing. */
export function parseMapping(text: string): Mapping | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const told = Object.entries(json);
  const good = told.every(([, field]) => field === '' || (typeof field === 'string' && isField(field)));
  return good ? (Object.fromEntries(told) as Mapping) : null;
}

/** Which entry each row was said to be: by the key of the row the word in the address of the entry. */
export function parseChoices(form: FormData): Record<string, string> {
  const choices: Record<string, string> = {};
  for (const [name, value] of form.entries()) {
    if (!name.startsWith('alike-') || typeof value !== 'string') continue;
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 120) choices[name.slice(6)] = value;
  }
  return choices;
}
