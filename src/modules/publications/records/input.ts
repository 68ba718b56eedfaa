import { wordsIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { readCsv } from '#platform/spreadsheet/csv.ts';
import { parseWorks } from '../../learning/citing/input.ts';
import type { Work } from '../../learning/citing/model.ts';
import { recordLimits, slugOf, type LibraryRecord, type RecordProblem } from './model.ts';

/** What was read of a file of records: every record, or every fault; of a file with one fault nothing is taken. */
export type ReadRecords =
  | { readonly ok: true; readonly records: readonly LibraryRecord[] }
  | { readonly ok: false; readonly problems: readonly RecordProblem[] };

const most = 500;
/** The columns a table may have, by the names people give them; the first is the field of CSL-JSON or of ours. */
const columns: Readonly<Record<string, readonly string[]>> = {
  type: ['type', 'soort'],
  title: ['title', 'titel'],
  author: ['author', 'authors', 'auteur', 'auteurs', 'schrijvers'],
  editor: ['editor', 'editors', 'redactie'],
  issued: ['issued', 'date', 'year', 'jaar', 'datum'],
  'container-title': ['container-title', 'container', 'journal', 'in', 'tijdschrift'],
  publisher: ['publisher', 'uitgever'],
  'publisher-place': ['publisher-place', 'place', 'plaats'],
  volume: ['volume', 'jaargang'],
  issue: ['issue', 'nummer'],
  page: ['page', 'pages', 'bladzijden'],
  ISBN: ['isbn'],
  DOI: ['doi'],
  URL: ['url', 'link'],
  language: ['language', 'taal'],
  about_nl: ['about_nl', 'about nl', 'over'],
  about_en: ['about_en', 'about en', 'about'],
  source: ['source', 'bron'],
};

/** Names as people type them: one a line or with ; between; 'Family, Given' is a person, anything else a body. */
const namesOf = (text: string) =>
  text
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const [family = '', given] = name.split(/,\s*/, 2);
      return given ? { family, given } : { literal: name };
    });

/** A day or a year as people type it: 2023, 2023-03 or 2023-03-31; anything else is left for the reader of works to refuse. */
const issuedOf = (text: string) =>
  /^\d{4}(-\d{1,2}){0,2}$/.test(text) ? { 'date-parts': [text.split('-').map(Number)] } : { literal: text };

/** The fields of one row as an entry of CSL-JSON, with a key of its own. */
function entryOf(fields: Readonly<Record<string, string>>, key: string): Record<string, unknown> {
  const entry: Record<string, unknown> = { id: key, type: fields.type || 'document' };
  for (const [name, text] of Object.entries(fields)) {
    if (text === '' || name === 'type' || name === 'source' || name.startsWith('about_')) continue;
    entry[name] =
      name === 'author' || name === 'editor' ? namesOf(text) : name === 'issued' ? issuedOf(text) : text;
  }
  return entry;
}

const aboutOf = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    ['nl', 'en'].flatMap((language) => {
      const words = fields[`about_${language}`]?.trim().slice(0, 1_000);
      return words ? [[language, words]] : [];
    }),
  );

const recordOf = (work: Work, source: string, about: Record<string, string>): LibraryRecord => {
  const slug = slugOf(work.title);
  return { slug, csl: { ...work, id: slug }, about, source };
};

const unreadable = (found: string, field: string | null = null): ReadRecords => ({
  ok: false,
  problems: [{ entry: 1, key: null, field, reason: 'unreadable', found: found.slice(0, 80) }],
});

/** Reads rows of fields; the key of a row is its number, so that a fault names the row as the file counts it. */
function readFields(
  rows: readonly Readonly<Record<string, string>>[],
  source: string,
  thisYear: number,
): ReadRecords {
  const sourceless = rows.flatMap((fields, at): RecordProblem[] =>
    (fields.source ?? '').length >= 2 || source.length >= 2
      ? []
      : [{ entry: at + 1, key: null, field: 'source', reason: 'source', found: '' }],
  );
  const read = parseWorks(
    JSON.stringify(rows.map((fields, at) => entryOf(fields, `row-${at + 1}`))),
    thisYear,
  );
  if (!read.ok || sourceless.length > 0) {
    const faults = read.ok ? [] : read.problems.map((problem) => ({ ...problem, key: null }));
    return { ok: false, problems: [...faults, ...sourceless].sort((a, b) => a.entry - b.entry) };
  }
  return {
    ok: true,
    records: read.works.map((work, at) =>
      recordOf(work, (rows[at]?.source || source).slice(0, 500), aboutOf(rows[at] ?? {})),
    ),
  };
}

function readTable(text: string, source: string, thisYear: number): ReadRecords {
  const read = readCsv(text, most + 2);
  if (!read.ok) return unreadable(`${read.reason}, ${read.row}`);
  const [header = [], ...lines] = read.records;
  const names = header.map((name) => {
    const bare = name.trim().toLowerCase();
    return Object.keys(columns).find((field) => columns[field]?.includes(bare)) ?? null;
  });
  if (!names.includes('title')) return unreadable(header.join(', '), 'title');
  const rows = lines
    .filter((line) => line.some((cell) => cell.trim() !== ''))
    .map((line) =>
      Object.fromEntries(names.flatMap((name, at) => (name ? [[name, line[at]?.trim() ?? '']] : []))),
    );
  return rows.length === 0 || rows.length > most
    ? unreadable(String(rows.length))
    : readFields(rows, source, thisYear);
}

/**
 * Reads a file of publications as CSL-JSON, BibTeX or CSV, whichever it is. `source` says where they come from, for rows that do not
 * say so themselves. Every fault is told with row, field and reason; with one fault nothing is taken.
 */
export function parseRecords(text: string, source: string, thisYear: number): ReadRecords {
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (bare === '') return unreadable('');
  if (!/^[[{]/.test(bare) && !/^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]/m.test(bare))
    return readTable(bare, source, thisYear);
  const read = parseWorks(bare, thisYear);
  if (!read.ok) return { ok: false, problems: read.problems };
  if (source.length < 2)
    return { ok: false, problems: [{ entry: 1, key: null, field: 'source', reason: 'source', found: '' }] };
  return { ok: true, records: read.works.map((work) => recordOf(work, source.slice(0, 500), {})) };
}

/** What was brought as a file, else what was pasted; refused whole when it is more than the house reads at once. */
export async function recordsIn(form: FormData): Promise<Result<string, 'large'>> {
  const file = form.get('file');
  const pasted = form.get('text');
  const brought = file instanceof File && file.size > 0 ? file : new Blob([String(pasted ?? '')]);
  return brought.size > recordLimits.bytes ? refused('large') : ok(await brought.text());
}

/** Reads one record as typed in the form; its fields are named as in CSL-JSON, `about_nl`, `about_en` and `source`. */
export function parseRecordForm(form: FormData, thisYear: number): ReadRecords {
  const fields = Object.fromEntries(
    Object.keys(columns).map((name) => [
      name,
      wordsIn(form, name, name === 'author' || name === 'editor' || name.startsWith('about_')),
    ]),
  );
  return readFields([fields], '', thisYear);
}

/** A record as the form shows it, to be changed. */
export function fieldsOf({ csl, about, source }: LibraryRecord): Readonly<Record<string, string>> {
  const lines = (names: Work['author']) =>
    (names ?? [])
      .map(({ family, given, literal, ...name }) => {
        const whole = [name['non-dropping-particle'] ?? name['dropping-particle'], family]
          .filter(Boolean)
          .join(' ');
        return family && given ? `${whole}, ${given}` : (literal ?? (whole || (given ?? '')));
      })
      .join('\n');
  const date = csl.issued?.['date-parts'][0] ?? [];
  return {
    ...Object.fromEntries(
      Object.entries(csl).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    ),
    author: lines(csl.author),
    editor: lines(csl.editor),
    issued: date.map((part) => String(part).padStart(2, '0')).join('-'),
    about_nl: about.nl ?? '',
    about_en: about.en ?? '',
    source,
  };
}
