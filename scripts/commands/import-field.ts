import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importField as layField } from '#modules/initiatives/field/commands.server.ts';
import { parseField, type FieldTexts } from '#modules/initiatives/field/input.ts';
import type { FieldProblem } from '#modules/initiatives/field/rows/input.ts';
import { today } from '#platform/clock.ts';
import { openDatabase, projectFolder } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { languageFor } from '#platform/i18n/languages.ts';
import { speaker, type Speech } from '#platform/i18n/speech.ts';
import { operator } from '#platform/viewer.ts';

/** `steppingstones import field DIR`: brings a folder in the form of db/field in, wholly or not at all; answers the exit code. */
export async function importField(argv: string[]): Promise<number> {
  const folder = folderIn(argv);
  const database = await openDatabase();
  try {
    return await bringIn(folder, (line) => console.log(line));
  } finally {
    await database.close();
  }
}

function folderIn(argv: string[]): string {
  try {
    const { positionals } = parseArgs({ args: argv, options: {}, allowPositionals: true });
    if (positionals.length === 1 && positionals[0]) return positionals[0];
  } catch {
    // The sentence below serves both.
  }
  throw new Mistake(
    exits.words,
    `'steppingstones import field' takes one folder; it was given '${argv.join(' ')}'.`,
  );
}

/** Imports a folder into the database that `withViewer` reaches, telling progress and every bad row; answers the exit code. */
export async function bringIn(folder: string, tell: (line: string) => void): Promise<number> {
  const say = speaker(terminalLanguage(), await catalogueOnDisk(join(projectFolder, 'messages')));
  const read = parseField(await textsIn(folder), today());
  if (!read.ok) return refuse(say, read.problems);
  const answer = await withViewer(operator, async (tx) => {
    const laid = await layField(tx, read.field, (done, of) => {
      if (done % 50 === 0 || done === of) tell(said(say, 'progress', { done, of }));
    });
    if (!laid.ok) throw new Halfway(laid.problems);
    return laid.imported;
  }).catch((error: unknown) => {
    if (error instanceof Halfway) return error;
    throw error;
  });
  if (answer instanceof Halfway) return refuse(say, answer.problems);
  tell(said(say, 'done', { ...answer }));
  return exits.fine;
}

/** Ends the transaction, so that nothing of a refused import stays. */
class Halfway extends Error {
  readonly problems: readonly FieldProblem[];
  constructor(problems: readonly FieldProblem[]) {
    super('refused');
    this.problems = problems;
  }
}

function refuse(say: Speech, problems: readonly FieldProblem[]): number {
  for (const { file, row, id, field, reason, found } of problems) {
    const why = said(say, `reason.${reason}`, { found });
    console.error(said(say, 'problem', { file, row, id: id || '-', field: field || '-', why }));
  }
  console.error(said(say, 'refused', { count: problems.length }));
  return exits.words;
}

function said(say: Speech, key: string, values: Record<string, string | number>): string {
  return say(`initiatives.desk.import.${key}` as MessageKey, values);
}

function terminalLanguage() {
  const spoken = languageFor(
    (process.env.LC_ALL ?? process.env.LANG ?? '').replace('_', '-').split('.')[0] ?? '',
  );
  return spoken === 'nl' ? ('nl' as const) : ('en' as const);
}

async function textsIn(folder: string): Promise<FieldTexts> {
  const read = async (name: string) => {
    try {
      return await readFile(join(folder, name), 'utf8');
    } catch {
      throw new Mistake(exits.words, `The folder ${folder} has no file ${name} that can be read.`);
    }
  };
  const rendered = (await readdir(join(folder, 'renderings')).catch(() => [])).filter((name) =>
    name.endsWith('.json'),
  );
  return {
    organisations: await read('organisations.json'),
    trajectory: await read('trajectory.json'),
    relations: await read('relations.json'),
    renderings: Object.fromEntries(
      await Promise.all(
        rendered.map(async (name) => [name.slice(0, -5), await read(join('renderings', name))] as const),
      ),
    ),
  };
}
