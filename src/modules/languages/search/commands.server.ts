import { sql } from 'kysely';
import { insistOnOperator, insistOnRight, isOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { joined, keyOf, mainLanguage, tongueOf, wordsOf, type SearchText } from './model.ts';
import { cellsOf } from './nearness/model.ts';
import { nearMarks } from './spelling/model.ts';
import type { WordInTongue } from './vocabulary/model.ts';
import { stemsOf } from './vocabulary/queries.server.ts';

const atOnce = 500;
const mostLetters = 200_000;
const mostCount = 16_000;
// The number of a word, bent, marks that a name has it or that the text repeats it; the migration knows the same two.
const titleMark = 1_540_483_477;
const strongMark = 668_265_263;

/**
 * Makes texts findable, in the transaction that changes them. What is handed in for a subject replaces everything
 * that was known of that subject, in all its languages.
 */
export async function indexTexts(tx: Tx, texts: readonly SearchText[]): Promise<void> {
  if (!(await isOperator(tx))) await insistOnRight(tx, 'change', entriesAmong(texts));
  const subjects = new Map<string, SearchText[]>();
  for (const text of texts) {
    const name = `${text.subjectKind}\n${text.subjectId}`;
    subjects.set(name, [...(subjects.get(name) ?? []), text]);
  }
  // Always in the same order, so that two writers of the same subjects wait for each other instead of locking up.
  const ordered = [...subjects.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, each]) => each);
  for (let at = 0; at < ordered.length; at += atOnce) await indexSome(tx, ordered.slice(at, at + atOnce));
}

/** Takes subjects out of the index, at once; their words leave the vocabulary with the next recount. */
export async function forgetTexts(tx: Tx, subjectKind: string, ids: readonly string[]): Promise<void> {
  if (!(await isOperator(tx))) {
    await insistOnRight(tx, 'change', entriesAmong(ids.map((subjectId) => ({ subjectKind, subjectId }))));
  }
  await sql`delete from pub.search_text
    where subject_kind = ${subjectKind} and subject_id = any(${ids}::text[])`.execute(tx);
}

/** Only an entry has keepers who may change what it is found by; everything else is the operator's to index. */
function entriesAmong(subjects: readonly Pick<SearchText, 'subjectKind' | 'subjectId'>[]): string[] {
  const other = subjects.find((subject) => subject.subjectKind !== 'initiative');
  if (other) throw new Error(`Only the operator makes a ${other.subjectKind} findable.`);
  return subjects.map((subject) => subject.subjectId);
}

async function indexSome(tx: Tx, subjects: readonly SearchText[][]): Promise<void> {
  const heads = subjects.flatMap((texts) => texts.slice(0, 1));
  await sql`delete from pub.search_text t using unnest(
      ${heads.map((text) => text.subjectKind)}::text[], ${heads.map((text) => text.subjectId)}::text[]) as s (kind, id)
    where t.subject_kind = s.kind and t.subject_id = s.id`.execute(tx);
  const cards = await cardsOf(tx, subjects.flat());
  await writeVocabulary(tx, cards);
  await writeTexts(tx, cards, namesOf(subjects));
}

interface Seen {
  readonly word: WordInTongue;
  readonly stem: string;
  readonly term: number;
}

interface Card {
  readonly text: SearchText;
  readonly language: string;
  /** The body as it is kept: bounded and without what PostgreSQL cannot hold. */
  readonly body: string;
  readonly seen: readonly Seen[];
  readonly counts: ReadonlyMap<number, { readonly times: number; readonly inName: boolean }>;
  readonly length: number;
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', ' ');
}

async function cardsOf(tx: Tx, texts: readonly SearchText[]): Promise<Card[]> {
  const read = texts.map((text) => {
    const language = mainLanguage(text.language);
    const body = storable(text.text.slice(0, mostLetters));
    const inTongue = (part: string) =>
      wordsOf(part, language).map((word) => ({ ...word, tongue: tongueOf(word.folded, language) }));
    return {
      text,
      language,
      body,
      named: [text.title, ...text.names].flatMap(inTongue),
      told: inTongue(body),
    };
  });
  const stems = await stemsOf(
    tx,
    read.flatMap(({ named, told }) => [...named, ...told]),
  );
  let at = 0;
  return read.map(({ text, language, body, named, told }) => {
    const seen = [...named, ...told].map((word): Seen => {
      const stem = stems[at++] ?? word.folded;
      return { word, stem, term: keyOf(word.tongue, stem) };
    });
    const counts = new Map<number, { times: number; inName: boolean }>();
    seen.forEach(({ term }, place) => {
      const count = counts.get(term) ?? { times: 0, inName: false };
      if (place < named.length) count.inName = true;
      else count.times = Math.min(mostCount, count.times + 1);
      counts.set(term, count);
    });
    return { text, language, body, seen, counts, length: Math.max(1, told.length) };
  });
}

async function writeVocabulary(tx: Tx, cards: readonly Card[]): Promise<void> {
  const words = new Map<string, Seen>();
  for (const seen of cards.flatMap((card) => card.seen)) words.set(`${seen.term} ${seen.word.folded}`, seen);
  const all = [...words.values()];
  const stems = [...new Map(all.map((seen) => [seen.term, seen])).values()];
  await sql`insert into pub.search_stem (tongue, stem, term)
    select n.* from unnest(${stems.map((seen) => seen.word.tongue)}::text[], ${stems.map((seen) => seen.stem)}::text[],
      ${stems.map((seen) => seen.term)}::int[]) as n (tongue, stem, term)
    where not exists (select from pub.search_stem o where o.tongue = n.tongue and o.stem = n.stem)`.execute(
    tx,
  );
  await sql`insert into pub.search_word (tongue, word, term, near)
    select n.tongue, n.word, n.term, n.near::int[]
    from unnest(${all.map((seen) => seen.word.tongue)}::text[], ${all.map((seen) => seen.word.folded)}::text[],
      ${all.map((seen) => seen.term)}::int[], ${all.map((seen) => `{${nearMarks(seen.word.folded).join(',')}}`)}::text[]
    ) as n (tongue, word, term, near)
    where not exists (select from pub.search_word o where o.word = n.word and o.tongue = n.tongue and o.term = n.term)`.execute(
    tx,
  );
}

/** The different whole names of each subject, kept with the first of its texts that bears them. */
function namesOf(subjects: readonly (readonly SearchText[])[]): Map<SearchText, string[]> {
  const found = new Map<SearchText, string[]>();
  for (const texts of subjects) {
    const before = new Set<string>();
    for (const text of texts)
      for (const name of [text.title, ...text.names].map(joined)) {
        if (name === '' || before.has(name)) continue;
        before.add(name);
        found.set(text, [...(found.get(text) ?? []), name]);
      }
  }
  return found;
}

function marksOf(card: Card): number[] {
  const { text } = card;
  const marks = [keyOf('kind', text.subjectKind), ...text.facets.map((facet) => keyOf('facet', facet))];
  if (text.point) marks.push(...cellsOf(text.point));
  for (const [term, { times, inName }] of card.counts) {
    if (inName) marks.push(term ^ titleMark);
    if (inName || times > 1) marks.push(term ^ strongMark);
  }
  return [...new Set(marks)];
}

async function writeTexts(
  tx: Tx,
  cards: readonly Card[],
  names: ReadonlyMap<SearchText, string[]>,
): Promise<void> {
  const rows = cards.map((card) => {
    const terms = [...card.counts.entries()];
    return {
      kind: storable(card.text.subjectKind),
      subject: storable(card.text.subjectId),
      language: card.language,
      title: storable(card.text.title),
      names: card.text.names.map(storable),
      body: card.body,
      terms: `{${terms.map(([term]) => term).join(',')}}`,
      counts: `{${terms.map(([, count]) => count.times * 2 + (count.inName ? 1 : 0)).join(',')}}`,
      length: card.length,
      marks: `{${marksOf(card).join(',')}}`,
      lat: card.text.point?.lat ?? null,
      lon: card.text.point?.lon ?? null,
      from: card.text.days.from,
      until: card.text.days.until,
    };
  });
  const { rows: written } = await sql<{ id: number; kind: string; subject: string; language: string }>`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (
        kind text, subject text, language text, title text, names json, body text, terms text, counts text, length int,
        marks text, lat float8, lon float8, "from" date, until date)
    )
    insert into pub.search_text (subject_kind, subject_id, language, title, names, body, terms, counts, length, marks,
      lat, lon, day_from, day_until)
    select kind, subject, language, title, array(select json_array_elements_text(names)), body, terms::int[],
      counts::smallint[], length, marks::int[], lat, lon, "from", until from given
    order by kind, subject, language
    on conflict (subject_kind, subject_id, language) do update set
      title = excluded.title, names = excluded.names, body = excluded.body, terms = excluded.terms,
      counts = excluded.counts, length = excluded.length, marks = excluded.marks, lat = excluded.lat, lon = excluded.lon,
      day_from = excluded.day_from, day_until = excluded.day_until
    returning id, subject_kind as kind, subject_id as subject, language`.execute(tx);
  const ids = new Map(written.map((row) => [`${row.kind}\n${row.subject}\n${row.language}`, row.id]));
  const joinedNames = cards.flatMap((card) =>
    (names.get(card.text) ?? []).map((name) => ({
      id:
        ids.get(`${storable(card.text.subjectKind)}\n${storable(card.text.subjectId)}\n${card.language}`) ??
        0,
      name,
    })),
  );
  // A writer of the same subject that came first may have left names behind.
  await sql`delete from pub.search_name where text_id = any(${written.map((row) => row.id)}::bigint[])`.execute(
    tx,
  );
  await sql`insert into pub.search_name (text_id, name, near)
    select id, name, near::int[] from unnest(${joinedNames.map((each) => each.id)}::bigint[],
      ${joinedNames.map((each) => each.name)}::text[],
      ${joinedNames.map((each) => `{${nearMarks(each.name).join(',')}}`)}::text[]) as n (id, name, near)`.execute(
    tx,
  );
}

/**
 * Recounts how common each word is and lets go of words that no text has any more. For after an import, and as a
 * regular deed. Answers false when another is counting already.
 */
export async function countWords(tx: Tx): Promise<boolean> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(20151126) as mine`.execute(
    tx,
  );
  if (!rows[0]?.mine) return false;
  await sql`
    with now as materialized (
      select key, count(*)::int as texts from pub.search_text cross join lateral unnest(terms || marks) key group by key
    ), gone as (
      delete from pub.search_count c where not exists (select from now where now.key = c.key)
    )
    insert into pub.search_count as c (key, texts) select key, texts from now
    on conflict (key) do update set texts = excluded.texts where c.texts <> excluded.texts`.execute(tx);
  await sql`
    with now as materialized (
      select coalesce(language, 'xx') as language, count(*)::int as texts, coalesce(sum(length), 0)::bigint as words
      from pub.search_text group by grouping sets ((language), ())
    ), gone as (
      delete from pub.search_language l where not exists (select from now where now.language = l.language)
    )
    insert into pub.search_language as l (language, texts, words) select * from now
    on conflict (language) do update set texts = excluded.texts, words = excluded.words`.execute(tx);
  await sweepWords(tx);
  return true;
}

// A writer that leaned on a word another text brought must not lose it: writers wait here for a moment.
async function sweepWords(tx: Tx): Promise<void> {
  await sql`lock table pub.search_stem, pub.search_word in share row exclusive mode`.execute(tx);
  for (const table of [sql.table('pub.search_stem'), sql.table('pub.search_word')]) {
    await sql`delete from ${table} v
      where not exists (select from pub.search_count c where c.key = v.term)
      and not exists (select from pub.search_text t where t.terms operator(pg_catalog.@>) array[v.term])`.execute(
      tx,
    );
  }
  await sql`delete from pub.search_stem one using pub.search_stem other
    where one.ctid > other.ctid and (one.tongue, one.stem) = (other.tongue, other.stem)`.execute(tx);
  await sql`delete from pub.search_word one using pub.search_word other
    where one.ctid > other.ctid and (one.word, one.tongue, one.term) = (other.word, other.tongue, other.term)`.execute(
    tx,
  );
}
