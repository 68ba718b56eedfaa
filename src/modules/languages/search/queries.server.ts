import { sql } from 'kysely';
import { languages as houseLanguages } from '#platform/i18n/languages.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { writtenAs, type OtherWord } from '../words/finding/model.ts';
import { otherWordsFor } from '../words/finding/queries.server.ts';
import {
  fold,
  joined,
  keyOf,
  mainLanguage,
  scriptOfLanguage,
  wordsOf,
  writtenIn,
  type How,
  type SearchAnswer,
  type SearchHit,
  type SearchWish,
  type Why,
  type Word,
} from './model.ts';
import { cellsAround } from './nearness/model.ts';
import { scriptOf } from './scripts/model.ts';
import { atMostOneLetterApart, nearProbes } from './spelling/model.ts';
import { stemsOf } from './vocabulary/queries.server.ts';

const nothing: SearchAnswer = { hits: [], total: 0, atLeast: false };
const mostWords = 32;
const mostLetters = 2_000;

// Which languages the texts have, as the last answer told; a language that turns out to be missing is asked anew.
let present: readonly string[] = houseLanguages;

/**
 * The subjects that answer the words best, best first. Words of any language, single or in whole questions, may be
 * asked; without a word that can be looked for the answer is honestly empty. Never throws on what a person typed.
 * After them come those that say the same with another word of the between-language, and they say with which.
 */
export async function findTexts(tx: Tx, wish: SearchWish): Promise<SearchAnswer> {
  const others = await otherWordsFor(tx, wish.words.slice(0, mostLetters), today());
  if (others.length === 0) return findAsked(tx, wish);
  const whole = await findAsked(tx, { ...wish, offset: 0, limit: mostWeighed });
  if (wish.offset + wish.limit > mostWeighed) return findAsked(tx, wish);
  const known = new Set(whole.hits.map(nameOf));
  const more: SearchHit[] = [];
  for (const other of others)
    for (const hit of await findOther(tx, wish, other))
      if (!known.has(nameOf(hit))) {
        known.add(nameOf(hit));
        more.push(hit);
      }
  if (more.length === 0) return { ...whole, hits: whole.hits.slice(wish.offset, wish.offset + wish.limit) };
  const { didYouMean: _, ...answer } = whole;
  return {
    ...answer,
    hits: [...whole.hits, ...more].slice(wish.offset, wish.offset + wish.limit),
    total: Math.max(whole.total, whole.hits.length) + more.length,
  };
}

const mostWeighed = 500;
const nameOf = (hit: Pick<SearchHit, 'subjectKind' | 'subjectId'>) => `${hit.subjectKind}\n${hit.subjectId}`;

/** What says it with this other word, to the letter: of words that only share a part there is no end. */
async function findOther(tx: Tx, wish: SearchWish, { met, other }: OtherWord): Promise<SearchHit[]> {
  const hits: SearchHit[] = [];
  await findAsked(tx, { ...wish, words: other, offset: 0, limit: mostWeighed }, (row) => {
    const found = writtenAs(other, `${row.title} ${row.names.join(' ')} ${row.body}`);
    if (found !== null)
      hits.push({
        subjectKind: row.kind,
        subjectId: row.subject,
        language: row.language,
        score: row.score,
        why: [{ asked: met, found, how: 'other-word' }],
      });
  });
  return hits;
}

async function findAsked(
  tx: Tx,
  wish: SearchWish,
  look: (row: Found) => void = () => undefined,
): Promise<SearchAnswer> {
  const words = wish.words.slice(0, mostLetters);
  const language = wish.language ? mainLanguage(wish.language) : null;
  const asked = [
    ...new Map(wordsOf(words, language ?? 'xx').map((word) => [word.folded, word])).values(),
  ].slice(0, mostWords);
  if (asked.length === 0) return nothing;
  const tongues = new Set(['xx', ...present]);
  const first = await ask(tx, asked, joined(words), language, tongues, wish);
  present = first.head?.languages ?? present;
  const complete = present.every((each) => tongues.has(each));
  const { head, found } = complete
    ? first
    : await ask(tx, asked, joined(words), language, new Set(['xx', ...present]), wish);
  const clues = head?.clues ?? [];
  found.forEach(look);
  const hits = found.map((row) => ({
    subjectKind: row.kind,
    subjectId: row.subject,
    language: row.language,
    score: row.score,
    why: whyOf(row, asked, clues, words),
  }));
  const better = spelledBetter(
    words,
    asked,
    hits.flatMap((hit) => hit.why),
  );
  return {
    hits,
    total: found[0]?.total ?? 0,
    atLeast: head?.partial ?? false,
    ...(better === null ? {} : { didYouMean: better }),
  };
}

/** Which word of the question, how it was met, and the words of the texts it was met in. */
type Clue = readonly [place: number, how: How, written: readonly string[]];

interface Head {
  readonly clues: readonly Clue[] | null;
  readonly languages: readonly string[];
  readonly partial: boolean;
}

interface Found {
  readonly kind: string;
  readonly subject: string;
  readonly language: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly body: string;
  readonly score: number;
  readonly total: number;
  /** Whether the whole question is its name, to the letter or nearly; null when not. */
  readonly exact: boolean | null;
  readonly matched: readonly number[];
}

async function ask(
  tx: Tx,
  asked: readonly Word[],
  whole: string,
  language: string | null,
  tongues: ReadonlySet<string>,
  wish: SearchWish,
): Promise<{ head: Head | undefined; found: Found[] }> {
  const forms = asked.flatMap((word, place) =>
    [...tongues]
      .filter((tongue) => tongue === 'xx' || scriptOf(word.folded) === scriptOfLanguage(tongue))
      .map((tongue) => ({ ...word, place, tongue })),
  );
  const stems = await stemsOf(tx, forms);
  const { required, choices } = marksOf(wish);
  const { rows } = await sql<(Found | Head) & { at: number }>`select * from pub.search_find(
    ${forms.map((form) => form.place)}::int[], ${forms.map((form) => form.tongue)}::text[],
    ${forms.map((form) => form.folded)}::text[], ${stems}::text[],
    ${forms.map((form, at) => keyOf(form.tongue, stems[at] ?? form.folded))}::int[],
    ${asked.map((word) => `{${nearProbes(word.folded).join(',')}}`)}::text[],
    ${whole}::text, ${nearProbes(whole)}::int[], ${language}::text,
    row(${required}::int[], ${choices[0] ?? null}::int[],
      ${choices.length > 1 ? choices.slice(1).map((choice) => `{${choice.join(',')}}`) : null}::text[],
      ${wish.near?.lat ?? null}::float8, ${wish.near?.lon ?? null}::float8, ${wish.near?.withinKm ?? null}::float8,
      ${wish.onDay ?? null}::date)::pub.search_filter,
    ${wish.limit}::int, ${wish.offset}::int)`.execute(tx);
  const [head, ...found] = rows;
  return { head: head as Head | undefined, found: found as Found[] };
}

/** What a text must have, and lists of which it must have one: the place first, for it narrows most. */
function marksOf(wish: SearchWish): { required: number[]; choices: (readonly number[])[] } {
  const lists = [
    (wish.kinds ?? []).map((kind) => keyOf('kind', kind)),
    ...(wish.facets ?? []).map((choice) => choice.map((facet) => keyOf('facet', facet))),
  ].filter((choice) => choice.length > 0);
  const cells = wish.near ? cellsAround(wish.near, wish.near.withinKm) : null;
  return {
    required: lists.filter((choice) => choice.length === 1).flat(),
    choices: [...(cells ? [cells] : []), ...lists.filter((choice) => choice.length > 1)],
  };
}

function whyOf(row: Found, asked: readonly Word[], clues: readonly Clue[], words: string): Why[] {
  const isWritten = writtenIn(`${row.title} ${row.names.join(' ')} ${row.body}`);
  const why = asked.flatMap(({ folded }, place): Why[] => {
    if (isWritten(folded)) return [{ asked: folded, found: folded, how: 'word' }];
    const met =
      row.matched.flatMap((at) => clues[at] ?? []).length > 0 ? row.matched.map((at) => clues[at]) : [];
    const clue = met.find((each) => each?.[0] === place);
    const found = clue?.[2].find(isWritten);
    if (!clue || found === undefined) return [];
    return [{ asked: folded, found, how: clue[1] === 'word' ? 'form' : clue[1] }];
  });
  if (row.exact === null) return why;
  const whole = joined(words);
  const name =
    [row.title, ...row.names].find((each) => atMostOneLetterApart(joined(each), whole)) ?? row.title;
  return [{ asked: words.trim(), found: name, how: row.exact ? 'name' : 'spelling' }, ...why];
}

/** The question with each misspelt word as the best find spells it; null when nothing was misspelt. */
function spelledBetter(words: string, asked: readonly Word[], why: readonly Why[]): string | null {
  const whole = why.find(
    (each) => each.asked === words.trim() && (each.how === 'name' || each.how === 'spelling'),
  );
  if (whole) return whole.how === 'name' ? null : whole.found;
  const known = new Set(why.filter((each) => each.how !== 'spelling').map((each) => each.asked));
  const better = asked.map(({ folded }) =>
    known.has(folded) ? undefined : why.find((each) => each.asked === folded && each.how === 'spelling'),
  );
  if (!better.some(Boolean)) return null;
  return fold(asked.map(({ folded }, at) => better[at]?.found ?? folded).join(' '));
}
