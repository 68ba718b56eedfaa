import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { marksIn, type Piece, type Spoken } from '../marking/model.ts';
import type { Word } from '../model.ts';

const version = sql`jsonb_build_object('id', v.id, 'register', v.register, 'language', v.language, 'term', v.term, 'also', to_jsonb(v.also),
  'meaning', v.meaning, 'says', v.says, 'example', v.example, 'exampleFrom', v.example_from, 'exampleSource', v.example_source,
  'hides', v.hides, 'since', v.since_day, 'until', v.until_day, 'sources', to_jsonb(v.sources), 'status', v.status, 'called', v.called,
  'disputes', (select coalesce(jsonb_agg(jsonb_build_object('id', d->'id', 'language', d->'language', 'text', d->'text', 'called', d->'called',
    'saidOn', d->'said_on') order by at), '[]') from jsonb_array_elements(v.disputes) with ordinality as x (d, at)),
  'adoptions', v.adoptions)`;

/** Every word anyone may read, with its ways of saying in the order in which they came. */
export async function openWords(tx: Tx): Promise<Word[]> {
  const { rows } =
    await sql<Word>`select w.id, w.slug, w.origin, jsonb_agg(${version} order by v.opened_at, v.id) as versions
    from pub.word w join pub.word_version v on v.word = w.id group by w.id order by w.slug`.execute(tx);
  return rows;
}

/** The word with this name in its address, or null. */
export async function openWord(tx: Tx, slug: string): Promise<Word | null> {
  const { rows } =
    await sql<Word>`select w.id, w.slug, w.origin, jsonb_agg(${version} order by v.opened_at, v.id) as versions
    from pub.word w join pub.word_version v on v.word = w.id where w.slug = ${slug} group by w.id`.execute(
      tx,
    );
  return rows[0] ?? null;
}

/** All ways of saying in a language that anyone may read, for finding them in texts. */
export async function spokenWords(tx: Tx, language: string): Promise<Spoken[]> {
  const { rows } =
    await sql<Spoken>`select w.slug, v.register, v.language, v.term, v.also, v.until_day as until,
      v.register = (select f.register from pub.word_version f where f.word = v.word order by f.opened_at, f.id limit 1) as "isHead"
    from pub.word_version v join pub.word w on w.id = v.word where v.language = ${language} order by v.id`.execute(
      tx,
    );
  return rows;
}

/** Texts of the house or of an institution in parts, each word of the between-language leading to its page; in the order given. */
export async function markedTexts(
  tx: Tx,
  texts: readonly { readonly text: string; readonly language: string }[],
  on: Day,
): Promise<Piece[][]> {
  const spoken = new Map<string, Spoken[]>();
  for (const { language } of texts)
    if (!spoken.has(language)) spoken.set(language, await spokenWords(tx, language));
  return texts.map(({ text, language }) => marksIn(text, spoken.get(language) ?? [], language, on));
}

/** One text in parts, as `markedTexts`; none when there is no text. */
export async function markedText(
  tx: Tx,
  told: { readonly words: string; readonly language: string } | null,
  on: Day,
): Promise<Piece[]> {
  if (told === null) return [];
  const [pieces = []] = await markedTexts(tx, [{ text: told.words, language: told.language }], on);
  return pieces;
}

/** Every way of saying by language, per word and register: what a translator may be offered. */
export async function wordsToOffer(tx: Tx): Promise<Readonly<Record<string, readonly string[]>>[]> {
  const { rows } = await sql<{ terms: Record<string, string[]> }>`
    select jsonb_object_agg(language, terms) as terms from (
      select v.word, v.register, v.language, jsonb_agg(v.term order by v.opened_at, v.id) as terms
      from pub.word_version v where v.until_day is null group by v.word, v.register, v.language
    ) said group by word, register having count(*) > 1`.execute(tx);
  return rows.map(({ terms }) => terms);
}
