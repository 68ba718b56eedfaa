import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { importHsds as layHsds } from '#modules/initiatives/hsds/intake/commands.server.ts';
import { entriesFromHsds } from '#modules/initiatives/hsds/intake/input.ts';
import { today } from '#platform/clock.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { operator } from '#platform/viewer.ts';
import { Halfway, importSays, refuse } from './refused.ts';
import { onlyWord, terminalSpeech } from './terminal.ts';

/** `steppingstones import hsds FILE|DIR`: brings organizations in the form of HSDS in, wholly or not at all; answers the exit code. */
export async function importHsds(argv: string[]): Promise<number> {
  const at = argv.findIndex((word) => word === '--language');
  const language = at < 0 ? 'nl' : (argv[at + 1] ?? '');
  if (!isLanguage(language))
    throw new Mistake(exits.words, '--language takes one of our languages, as nl or en.');
  const path = onlyWord(at < 0 ? argv : argv.toSpliced(at, 2), 'import hsds', 'one file or folder');
  const database = await openDatabase();
  try {
    return await bringIn(path, language, (line) => console.log(line));
  } finally {
    await database.close();
  }
}

/** Imports a file or folder into the database that `withViewer` reaches, telling progress and every bad record; answers the exit code. */
export async function bringIn(path: string, language: string, tell: (line: string) => void): Promise<number> {
  const say = await terminalSpeech();
  const read = entriesFromHsds(await recordsAt(path), { language, readOn: today() });
  if (!read.ok) return refuse(say, read.problems);
  const answer = await withViewer(operator, async (tx) => {
    const laid = await layHsds(tx, read.entries, (done, of) =>
      tell(importSays(say, 'progress', { done, of })),
    );
    if (!laid.ok) throw new Halfway(laid.problems);
    return laid.brought;
  }).catch((error: unknown) => {
    if (error instanceof Halfway) return error;
    throw error;
  });
  if (answer instanceof Halfway) return refuse(say, answer.problems);
  tell(importSays(say, 'hsds', { ...answer }));
  return exits.fine;
}

/** A file as it is, or the lists of a folder; a file may hold one record on each line. */
async function recordsAt(path: string): Promise<unknown> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Mistake(exits.words, `There is nothing to read at ${path}.`);
  if (!found.isDirectory()) return jsonIn(path);
  const names = await readdir(path);
  if (!names.includes('organizations.json'))
    throw new Mistake(exits.words, `The folder ${path} has no file organizations.json.`);
  const services = names.includes('services.json') ? await jsonIn(join(path, 'services.json')) : [];
  return { organizations: await jsonIn(join(path, 'organizations.json')), services };
}

async function jsonIn(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    if (/\.ndjson$/.test(path))
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown);
    return JSON.parse(text) as unknown;
  } catch {
    throw new Mistake(exits.words, `The file ${path} is not valid JSON.`);
  }
}
