import { readable } from '../../initiatives/input.ts';
import {
  workTypes,
  type FoundEntry,
  type Work,
  type WorkFault,
  type WorkName,
  type WorkProblem,
} from './model.ts';
import { readBibtex } from './bibtex/input.ts';

/** What was read of a file: every work, or every fault; of a file with one fault nothing is taken. */
type ReadWorks =
  | { readonly ok: true; readonly works: readonly Work[] }
  | { readonly ok: false; readonly problems: readonly WorkProblem[]; readonly entries: number };

const mostEntries = 500;
const texts = [
  'container-title',
  'publisher',
  'publisher-place',
  'volume',
  'issue',
  'page',
  'edition',
  'language',
] as const;

const textOf = (value: unknown): string => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' || typeof one === 'number' ? readable(String(one)).trim() : '';
};

function namesOf(value: unknown): WorkName[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return null;
  const names = value.map((one: unknown): WorkName | null => {
    if (typeof one !== 'object' || one === null) return null;
    const parts = Object.fromEntries(
      ['family', 'given', 'literal', 'non-dropping-particle', 'dropping-particle']
        .map((part) => [part, textOf((one as Record<string, unknown>)[part]).slice(0, 200)])
        .filter(([, text]) => text !== ''),
    ) as WorkName;
    return parts.family || parts.literal || parts.given ? parts : null;
  });
  return names.every((name) => name !== null) ? names : null;
}

/** Whether the last figure of an ISBN of ten or thirteen figures is right (ISO 2108). */
export function isIsbn(text: string): boolean {
  const figures = text.replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{9}[\dX]$/.test(figures))
    return (
      [...figures].reduce((sum, sign, at) => sum + (10 - at) * (sign === 'X' ? 10 : Number(sign)), 0) % 11 ===
      0
    );
  return (
    /^\d{13}$/.test(figures) &&
    [...figures].reduce((sum, sign, at) => sum + Number(sign) * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0
  );
}

/** The day a work is from; undefined when it says none, null when what it says is no year up to the next. */
function issuedOf(value: unknown, thisYear: number): Work['issued'] | null | undefined {
  if (value === undefined) return undefined;
  const parts = (value as { 'date-parts'?: unknown } | null)?.['date-parts'];
  const first: unknown = Array.isArray(parts) ? parts[0] : undefined;
  const numbers = Array.isArray(first) ? first.map(Number) : [];
  const [year = Number.NaN, month, day] = numbers;
  const whole = (number: number | undefined, least: number, most: number) =>
    number === undefined || (Number.isInteger(number) && number >= least && number <= most);
  const right = whole(year, 1000, thisYear + 1) && whole(month, 1, 12) && whole(day, 1, 31);
  return right && numbers.length <= 3 ? { 'date-parts': [numbers] } : null;
}

/** Judges one entry; all its faults are told, not only the first. */
function judge(
  found: FoundEntry,
  thisYear: number,
): { work: Work | null; faults: Omit<WorkProblem, 'entry'>[] } {
  const { entry, key } = found;
  const faults: Omit<WorkProblem, 'entry'>[] = [];
  const fault = (field: string | null, reason: WorkFault, what: unknown) =>
    faults.push({ key, field, reason, found: textOf(what).slice(0, 80) });
  if (!entry)
    return {
      work: null,
      faults: [{ key, field: null, reason: 'unreadable', found: found.unreadable ?? '' }],
    };
  if (!key) fault('id', 'key-missing', '');
  else if (!/^[^\s,{}"#%\\~]{1,100}$/.test(key)) fault('id', 'key-form', key);
  const type = workTypes.find((known) => known === entry.type);
  if (found.strangeType !== null || !type) fault('type', 'type', found.strangeType ?? entry.type);
  const title = textOf(entry.title);
  if (title === '') fault('title', 'missing', '');
  if (title.length > 500) fault('title', 'long', title);
  const [author, editor] = [namesOf(entry.author), namesOf(entry.editor)];
  if (!author) fault('author', 'form', JSON.stringify(entry.author));
  if (!editor) fault('editor', 'form', JSON.stringify(entry.editor));
  if (author?.length === 0 && editor?.length === 0) fault('author', 'nobody', '');
  const issued = issuedOf(entry.issued, thisYear);
  if (issued === null)
    fault(
      'issued',
      'year',
      (entry.issued as { literal?: unknown } | null)?.literal ?? JSON.stringify(entry.issued),
    );
  const [doi, url, isbn] = [
    textOf(entry.DOI).replace(/^https?:\/\/(dx\.)?doi\.org\//i, ''),
    textOf(entry.URL),
    textOf(entry.ISBN),
  ];
  if (doi !== '' && !/^10\.\d{4,9}\/\S{1,200}$/.test(doi)) fault('DOI', 'doi', doi);
  if (url !== '' && !/^https?:\/\/[^\s"<>\\]{3,1900}$/.test(url)) fault('URL', 'url', url);
  if (isbn !== '' && !isIsbn(isbn)) fault('ISBN', 'isbn', isbn);
  const told: Readonly<Record<string, string>> = Object.fromEntries(
    texts.map((field) => [field, textOf(entry[field])] as const).filter(([, text]) => text !== ''),
  );
  for (const [field, text] of Object.entries(told)) if (text.length > 300) fault(field, 'long', text);
  if (faults.length > 0 || !key || !type) return { work: null, faults };
  const work: Work = {
    id: key,
    type,
    title,
    ...(author && author.length > 0 ? { author } : {}),
    ...(editor && editor.length > 0 ? { editor } : {}),
    ...(issued ? { issued } : {}),
    ...told,
    ...(doi === '' ? {} : { DOI: doi }),
    ...(isbn === '' ? {} : { ISBN: isbn }),
    ...(url === '' ? {} : { URL: url }),
  };
  return { work, faults };
}

function foundInJson(text: string): FoundEntry[] {
  const whole: unknown = JSON.parse(text);
  const list: readonly unknown[] = Array.isArray(whole) ? whole : [whole];
  return list.map((one) => {
    const entry = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : null;
    return { entry, key: textOf(entry?.id) || null, unreadable: entry ? null : 'form', strangeType: null };
  });
}

/**
 * Reads a file of works as BibTeX or as CSL-JSON, whichever it is. Every fault of every entry is told with entry, key, field and
 * reason; with one fault nothing is taken. A year may lie at most one year after `thisYear`.
 */
export function parseWorks(text: string, thisYear: number): ReadWorks {
  const bare = text.replace(/^\uFEFF/, '').trim();
  const unreadable = (found: string): ReadWorks => ({
    ok: false,
    entries: 0,
    problems: [{ entry: 1, key: null, field: null, reason: 'unreadable', found }],
  });
  let found: readonly FoundEntry[];
  try {
    found = /^[[{]/.test(bare) ? foundInJson(bare) : readBibtex(bare);
  } catch (error) {
    return unreadable(error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 120) : '');
  }
  if (found.length === 0 || found.length > mostEntries) return unreadable(String(found.length));
  const seen = new Set<string>();
  const judged = found.map((one, at) => {
    const { work, faults } = judge(one, thisYear);
    const twice = one.key !== null && seen.has(one.key);
    if (one.key !== null) seen.add(one.key);
    const all = twice
      ? [...faults, { key: one.key, field: 'id', reason: 'key-twice' as const, found: one.key ?? '' }]
      : faults;
    return { work, problems: all.map((fault): WorkProblem => ({ entry: at + 1, ...fault })) };
  });
  const problems = judged.flatMap((each) => each.problems);
  if (problems.length > 0) return { ok: false, problems, entries: found.length };
  return { ok: true, works: judged.flatMap(({ work }) => (work ? [work] : [])) };
}
