import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tx } from '#platform/db.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import { wordsToOffer } from '../../../languages/words/reading/queries.server.ts';
import type { Term } from './model.ts';

let read: Promise<readonly Term[]> | undefined;

/** The words of the field, as they lie in db/field/terms.json; read once. */
export async function termsOfTheField(): Promise<readonly Term[]> {
  read ??= readFile(join(projectFolder, 'db/field/terms.json'), 'utf8').then(
    (text) => (JSON.parse(text) as { terms: Term[] }).terms,
  );
  return read;
}

/** What a translator may be offered: the ways of saying of the between-language in their own register first, then the words of the field. */
export async function termsToOffer(tx: Tx): Promise<readonly Term[]> {
  return [...(await wordsToOffer(tx)), ...(await termsOfTheField())];
}
