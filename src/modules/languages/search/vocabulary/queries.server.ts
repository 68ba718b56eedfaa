import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { fold } from '../model.ts';
import { dictionaryOf, foldedStem, lightStem } from '../stems/model.ts';
import type { AskedForm, RelatedTerm, Standing, Unknown, WordInTongue } from './model.ts';

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
  words.forEach((word, at) => kept.set(nameOf(word), foldedStem(rows[at]?.stem ?? fold(word.plain))));
}

/** Which languages the index has, with their sizes at the last count, and how common the asked marks are. */
export async function standingOf(tx: Tx, marks: readonly number[]): Promise<Standing> {
  const { rows } = await sql<{ language: string | null; key: number | null; texts: number; words: number }>`
    select * from pub.search_standing(${marks}::int[])`.execute(tx);
  return {
    languages: rows.flatMap((row) => (row.language === null ? [] : [{ ...row, language: row.language }])),
    marks: new Map(rows.flatMap((row) => (row.key === null ? [] : [[row.key, row.texts] as const]))),
  };
}

const shortestPart = 4;
const mostKin = 12;
const mostNear = 200;

/** The words of the index that are kin to the asked forms: same stem, same letters, beginning, end or part of a compound. */
export async function kinOf(tx: Tx, forms: readonly AskedForm[]): Promise<RelatedTerm[]> {
  if (forms.length === 0) return [];
  const { rows } = await sql<RelatedTerm>`
    select * from pub.search_kin(${forms.map((form) => form.place)}::int[], ${forms.map((form) => form.tongue)}::text[],
      ${forms.map((form) => form.folded)}::text[], ${forms.map((form) => form.stem)}::text[],
      ${shortestPart}, ${mostKin})`.execute(tx);
  return rows;
}

/** Words of the index that share a spelling key with the unknown words; the caller still compares letters. */
export async function nearWordsOf(tx: Tx, unknown: readonly Unknown[]): Promise<RelatedTerm[]> {
  if (unknown.length === 0) return [];
  const { rows } = await sql<RelatedTerm>`
    select * from pub.search_near(${unknown.map((word) => word.place)}::int[],
      ${unknown.map((word) => `{${word.probes.join(',')}}`)}::text[], ${unknown.map((word) => word.begins)}::text[],
      ${mostKin})`.execute(tx);
  return rows;
}

/** Names that share a spelling key with the whole question; the caller still compares letters. */
export async function nearNamesOf(
  tx: Tx,
  probes: readonly number[],
): Promise<{ textId: number; name: string }[]> {
  if (probes.length === 0) return [];
  const { rows } = await sql<{ textId: number; name: string }>`
    select text_id as "textId", name from pub.search_name
    where near operator(pg_catalog.&&) ${probes}::int[] limit ${mostNear}`.execute(tx);
  return rows;
}
