import { readCsv } from '#platform/spreadsheet/csv.ts';
import type { Answer, Vote } from './votes.ts';

/** What is wrong in a file: in which row (the heading is 1), which field, and why; `found` is what stood there. */
export interface VotesProblem {
  readonly row: number;
  readonly field: string;
  readonly reason: VotesReason;
  readonly found: string;
}

export type VotesReason =
  | 'empty_file'
  | 'not_csv'
  | 'too_long'
  | 'field_missing'
  | 'empty'
  | 'not_a_vote'
  | 'not_a_time'
  | 'twice'
  | 'too_few_fields';

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly VotesProblem[] };

const mostRows = 20_000_000;
const mostProblems = 20;

/**
 * Reads Polis's votes.csv (`timestamp,datetime,comment-id,voter-id,vote`; the order of the columns is free, timestamp and
 * datetime may be missing) into votes; or the first twenty problems, each with its row, field and reason.
 */
export function readVotes(text: string): Read<Vote[]> {
  const table = tableOf(text, ['comment-id', 'voter-id', 'vote']);
  if (!table.ok) return table;
  const { columns, rows } = table.value;
  const column = (name: string) => columns.indexOf(name);
  const [statementAt, personAt, voteAt, timeAt] = ['comment-id', 'voter-id', 'vote', 'timestamp'].map(
    column,
  ) as [number, number, number, number];
  const problems: VotesProblem[] = [];
  const votes: Vote[] = [];
  // The heading is the first row.
  let row = 1;
  for (const fields of rows) {
    row++;
    if (problems.length >= mostProblems) break;
    // An empty line at the end, or between, says nothing.
    if (fields.length === 1 && fields[0] === '') continue;
    const found = (field: string, reason: VotesReason, value = '') =>
      problems.push({ row, field, reason, found: value.slice(0, 40) });
    if (fields.length < columns.length) {
      found('', 'too_few_fields', fields.join(','));
      continue;
    }
    const statement = (fields[statementAt] as string).trim();
    const person = (fields[personAt] as string).trim();
    const vote = answers.get((fields[voteAt] as string).trim());
    if (statement === '') found('comment-id', 'empty');
    if (person === '') found('voter-id', 'empty');
    if (vote === undefined) found('vote', 'not_a_vote', fields[voteAt]);
    const when = timeAt < 0 ? undefined : timeOf(fields[timeAt] as string);
    if (when !== undefined && !Number.isFinite(when)) found('timestamp', 'not_a_time', fields[timeAt]);
    if (vote !== undefined)
      votes.push(when === undefined ? { person, statement, vote } : { person, statement, vote, at: when });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: votes };
}

const answers = new Map<string, Answer>([
  ['1', 1],
  ['+1', 1],
  ['0', 0],
  ['-1', -1],
  ['1.0', 1],
  ['0.0', 0],
  ['-1.0', -1],
]);

const timeOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

/**
 * Reads Polis's participants-votes.csv (`participant,group-id,...`) into the group of each person; who has no group-id is in none.
 * Or the first twenty problems.
 */
export function readGroups(text: string): Read<Map<string, string>> {
  const table = tableOf(text, ['participant', 'group-id']);
  if (!table.ok) return table;
  const { columns, rows } = table.value;
  const personAt = columns.indexOf('participant');
  const groupAt = columns.indexOf('group-id');
  const problems: VotesProblem[] = [];
  const groups = new Map<string, string>();
  const met = new Set<string>();
  // The heading is the first row.
  let row = 1;
  for (const fields of rows) {
    row++;
    if (problems.length >= mostProblems) break;
    if (fields.length === 1 && fields[0] === '') continue;
    const person = fields[personAt]?.trim() ?? '';
    const group = fields[groupAt]?.trim();
    if (group === undefined) problems.push({ row, field: 'group-id', reason: 'too_few_fields', found: '' });
    else if (person === '') problems.push({ row, field: 'participant', reason: 'empty', found: '' });
    else if (met.has(person)) problems.push({ row, field: 'participant', reason: 'twice', found: person });
    else if (group !== '') groups.set(person, group);
    met.add(person);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: groups };
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}

function tableOf(text: string, needed: readonly string[]): Read<Table> {
  const told = text.replace(/^\uFEFF/, '');
  if (told.trim() === '') return wrong(1, '', 'empty_file', '');
  let lines: Iterator<readonly string[], undefined>;
  if (told.includes('"')) {
    const read = readCsv(told, mostRows);
    if (!read.ok) return wrong(read.row, '', read.reason === 'record_too_long' ? 'too_long' : 'not_csv', '');
    lines = read.records.values();
  } else lines = plain(told);
  const columns = (lines.next().value ?? []).map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return {
      ok: false,
      problems: missing.map((field) => ({
        row: 1,
        field,
        reason: 'field_missing',
        found: columns.join(',').slice(0, 80),
      })),
    };
  return { ok: true, value: { columns, rows: { [Symbol.iterator]: () => lines } } };
}

/** A file without quotes needs no reader of quotes, which takes ten times as long; its lines are cut one at a time. */
function* plain(text: string): Generator<string[]> {
  const delimiter = /[,;\t]/.exec(text)?.[0] ?? ',';
  // Where lines end in the old way, with a return alone, they are all cut at once.
  if (!text.includes('\n')) yield* text.split('\r').map((line) => line.split(delimiter));
  else
    for (let from = 0; from <= text.length;) {
      const end = text.indexOf('\n', from);
      const to = end < 0 ? text.length : end;
      yield text.slice(from, text[to - 1] === '\r' ? to - 1 : to).split(delimiter);
      from = to + 1;
    }
}

const wrong = (row: number, field: string, reason: VotesReason, found: string): Read<never> => ({
  ok: false,
  problems: [{ row, field, reason, found }],
});
