import { readFile as bytesOf } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { parseMapping, sourceName } from '#modules/initiatives/bringing/input.ts';
import { guesses } from '#modules/initiatives/bringing/guessing/model.ts';
import { layFile, type FileLaid } from '#modules/initiatives/bringing/laying/commands.server.ts';
import {
  limits,
  mappingProblems,
  type Field,
  type FileReason,
  type Mapping,
  type RowProblem,
} from '#modules/initiatives/bringing/model.ts';
import { prepareFile } from '#modules/initiatives/bringing/preparing/queries.server.ts';
import { knownNames, mappingRemembered } from '#modules/initiatives/bringing/queries.server.ts';
import { theOperator } from '#modules/initiatives/bringing/reach/queries.server.ts';
import { readFile } from '#modules/initiatives/bringing/reading/input.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { operator } from '#platform/viewer.ts';
import { terminalSpeech } from './terminal.ts';

interface Asked {
  readonly file: string;
  readonly source: string;
  readonly mapping: string | undefined;
  readonly sheet: string | null;
  readonly dry: boolean;
}

/** `steppingstones import table FILE --source NAME [--mapping FILE] [--sheet NAME] [--dry-run]`: brings a table in, wholly or not at all. */
export async function importTable(argv: string[]): Promise<number> {
  const asked = askedBy(argv);
  const database = await openDatabase();
  try {
    return await bringTableIn(asked, (line) => console.log(line));
  } finally {
    await database.close();
  }
}

function askedBy(argv: string[]): Asked {
  const text = { type: 'string' } as const;
  try {
    const { positionals, values } = parseArgs({
      args: argv,
      options: { source: text, mapping: text, sheet: text, 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    });
    const source = sourceName(values.source);
    const [file] = positionals;
    if (file && positionals.length === 1 && source !== '')
      return {
        file,
        source,
        mapping: values.mapping,
        sheet: values.sheet ?? null,
        dry: values['dry-run'] === true,
      };
  } catch {
    // The sentence below serves both.
  }
  throw new Mistake(
    exits.words,
    `'steppingstones import table' takes one file and --source NAME, and may take --mapping FILE, --sheet NAME and --dry-run; it was given '${argv.join(' ')}'.`,
  );
}

/** Brings a table into the database that `withViewer` reaches, telling what its columns mean, how far it is, and every bad row. */
export async function bringTableIn(asked: Asked, tell: (line: string) => void): Promise<number> {
  const say = await terminalSpeech();
  const { source, sheet } = asked;
  const bytes = await fileAt(asked.file);
  const read = await readFile(bytes, sheet);
  if (!read.ok) return refuseFile(say, read);
  const mapping = read.kind === 'table' ? await mappingFor(read.table, asked) : {};
  if (read.kind === 'table') {
    for (const column of read.table.columns)
      tell(said(say, 'cli.mapping', { column, field: called(say, mapping[column] ?? '') }));
    const [problem] = mappingProblems(mapping);
    if (problem) {
      console.error(said(say, `mapping.${problem.reason}`, { field: called(say, problem.field) }));
      return exits.words;
    }
  }
  const meaning = { source, sheet, mapping, language: say.language };
  if (asked.dry) return tryOnly(say, bytes, meaning, tell);
  const rows = read.kind === 'table' ? read.table.rows.length : read.count;
  const laid = await withViewer(operator, async (tx) => {
    const laid = await layFile(tx, bytes, meaning, {
      bringer: theOperator,
      choices: {},
      progress: (done) => tell(said(say, 'cli.progress', { done, rows: Math.max(rows, done) })),
    });
    if (!laid.ok) throw new Halfway(laid);
    return laid;
  }).catch((error: unknown) => {
    if (error instanceof Halfway) return error.laid;
    throw error;
  });
  if (!laid.ok) return laid.kind === 'file' ? refuseFile(say, laid.refused) : refuseRows(say, laid.problems);
  const { added = 0, changed = 0, same = 0, left = 0, kept = [] } = laid.outcome;
  for (const each of kept) tell(said(say, 'cli.kept', { ...each, field: called(say, each.field) }));
  tell(said(say, 'cli.done', { source, added, changed, same, left }));
  return exits.fine;
}

/** Ends the transaction, so that nothing of a refused file stays. */
class Halfway extends Error {
  readonly laid: Exclude<FileLaid, { ok: true }>;
  constructor(laid: Exclude<FileLaid, { ok: true }>) {
    super('refused');
    this.laid = laid;
  }
}

async function fileAt(path: string): Promise<Buffer> {
  return bytesOf(path).catch(() => {
    throw new Mistake(exits.words, `The file ${path} cannot be read.`);
  });
}

/** What the columns mean: as a file says, as was said of this source before, or as can be guessed. */
async function mappingFor(
  table: Parameters<typeof guesses>[0],
  { mapping, source }: Asked,
): Promise<Mapping> {
  if (mapping !== undefined) {
    const told = parseMapping((await fileAt(mapping)).toString('utf8'));
    if (told) return told;
    throw new Mistake(exits.words, `The file ${basename(mapping)} is no mapping: {"column": "field", ...}.`);
  }
  return withViewer(operator, async (tx) => {
    const guessed = guesses(table, await mappingRemembered(tx, source), await knownNames(tx));
    return Object.fromEntries([...guessed].map(([column, { field }]) => [column, field]));
  });
}

async function tryOnly(
  say: Speech,
  bytes: Buffer,
  meaning: Parameters<typeof prepareFile>[2],
  tell: (line: string) => void,
): Promise<number> {
  const read = await withViewer(operator, (tx) => prepareFile(tx, bytes, meaning));
  if (!read.ok) return refuseFile(say, read);
  const { rows, problems } = read.prepared;
  if (problems.length > 0) return refuseRows(say, problems);
  const count = (is: string) => rows.filter((row) => row.is === is).length;
  const counts = { rows: rows.length, fresh: count('new'), known: count('known'), same: count('same') };
  tell(said(say, 'cli.dry', counts));
  return exits.fine;
}

function refuseFile(
  say: Speech,
  { reason, row, found }: { reason: FileReason; row: number; found: string },
): number {
  const { rows, columns, bytes } = limits;
  const why = said(say, `refused.${reason}`, { found, rows, columns, megabytes: bytes / 1_048_576 });
  console.error(row > 1 ? `${why} ${said(say, 'refused.where', { row })}` : why);
  return exits.words;
}

function refuseRows(say: Speech, problems: readonly RowProblem[]): number {
  for (const { row, column, field, reason, found, hint } of problems) {
    const why = said(say, `reason.${reason}`, { hint: hint || 'none' });
    console.error(
      said(say, 'cli.problem', { row, column: column || called(say, field), why, found: found || '-' }),
    );
  }
  console.error(said(say, 'cli.refused', { count: problems.length }));
  return exits.words;
}

function called(say: Speech, field: Field | string): string {
  const [name, language] = field.split(':');
  if (field === '') return said(say, 'cli.left', {});
  if (name === 'summary') return said(say, 'field.summary', { language: language ?? '' });
  return said(say, `field.${field}`, {});
}

function said(say: Speech, key: string, values: Record<string, string | number>): string {
  return say(`import.desk.${key}` as MessageKey, values);
}
