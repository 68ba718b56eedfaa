import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { readRows, type FieldProblem } from '#modules/initiatives/field/rows/input.ts';
import { layToldWords } from '#modules/languages/words/bringing/commands.server.ts';
import { wordRow, wordsFrom } from '#modules/languages/words/bringing/input.ts';
import type { ToldWord } from '#modules/languages/words/bringing/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';

/** The words of `glossary.json` in a folder, and every wrong row; a folder without that file tells no words. */
export async function toldWordsIn(folder: string): Promise<{ words: ToldWord[]; problems: FieldProblem[] }> {
  const file = 'glossary.json';
  const problems: FieldProblem[] = [];
  const text = await readFile(join(folder, file), 'utf8').catch(() => '[]');
  const rows = readRows(file, text, wordRow, problems);
  return { words: wordsFrom(rows.map(({ value }) => value)), problems };
}

/** Lays the words of a folder in a house that has none yet, such as one that was furnished before there were words. */
export async function furnishWords(folder: string): Promise<void> {
  await withViewer(operator, async (tx) => {
    const { rows } = await sql<{ any: boolean }>`select exists (select from core.word) as any`.execute(tx);
    if (!rows[0]?.any) await layToldWords(tx, (await toldWordsIn(folder)).words);
  });
}
