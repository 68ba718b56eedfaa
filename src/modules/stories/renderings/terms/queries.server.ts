import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#platform/project.server.ts';
import type { Term } from './model.ts';

let read: Promise<readonly Term[]> | undefined;

/** The words of the field, as they lie in db/field/terms.json; read once. */
export async function termsOfTheField(): Promise<readonly Term[]> {
  read ??= readFile(join(projectFolder, 'db/field/terms.json'), 'utf8').then(
    (text) => (JSON.parse(text) as { terms: Term[] }).terms,
  );
  return read;
}
