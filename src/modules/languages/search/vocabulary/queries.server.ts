import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { fold } from '../model.ts';
import { dictionaryOf, foldedStem, lightStem } from '../stems/model.ts';
import type { WordInTongue } from './model.ts';

// Stems are pure functions of a word, so they may be kept; the bound keeps a strange import from filling the memory.
const mostKept = 200_000;
const kept = new Map<string, string>();

/** The stem of each word by the rules of its tongue, in the order given. */
export async function stemsOf(tx: Tx, words: readonly WordInTongue[]): Promise<string[]> {
  const wanted = new Map<string, WordInTongue>();
  for (const word of words) {
    const name = nameOf(word);
    if (dictionaryOf(word.tongue) && !kept.has(name)) wanted.set(name, word);
  }
  if (kept.size + wanted.size > mostKept) {
    kept.clear();
    for (const word of words) if (dictionaryOf(word.tongue)) wanted.set(nameOf(word), word);
  }
  if (wanted.size > 0) await askDictionaries(tx, [...wanted.values()]);
  return words.map((word) => kept.get(nameOf(word)) ?? lightStem(word.folded, word.tongue));
}

function nameOf(word: WordInTongue): string {
  return `${word.tongue} ${word.plain}`;
}

async function askDictionaries(tx: Tx, words: readonly WordInTongue[]): Promise<void> {
  // A stop word has no lexeme in the dictionary; here it simply stays itself, for its weight follows from its frequency.
  const { rows } = await sql<{ stem: string }>`
    select coalesce((ts_lexize(asked.dictionary::regdictionary, asked.word))[1], asked.word) as stem
    from unnest(${words.map((word) => dictionaryOf(word.tongue))}::text[], ${words.map((word) => word.plain)}::text[])
      with ordinality as asked (dictionary, word, place)
    order by asked.place`.execute(tx);
  words.forEach((word, at) =>
    kept.set(nameOf(word), foldedStem(rows[at]?.stem ?? fold(word.plain), word.tongue)),
  );
}
