import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import {
  fold,
  joined,
  keyOf,
  mainLanguage,
  scriptOfLanguage,
  wordsOf,
  writtenIn,
  type SearchAnswer,
  type SearchWish,
  type Why,
} from './model.ts';
import { cellsAround } from './nearness/model.ts';
import {
  lengthPenalty,
  questionsOf,
  saturation,
  waysInto,
  type Clue,
  type Question,
  type Way,
} from './plan/model.ts';
import { scriptOf } from './scripts/model.ts';
import { atMostOneLetterApart, nearProbes } from './spelling/model.ts';
import type { RelatedTerm, Standing } from './vocabulary/model.ts';
import { kinOf, nearNamesOf, nearWordsOf, standingOf, stemsOf } from './vocabulary/queries.server.ts';

const nothing: SearchAnswer = { hits: [], total: 0, atLeast: false };
const mostWords = 32;
const mostLetters = 2_000;
/** About how many texts are weighed for one question. */
const budget = 600;

/**
 * The subjects that answer the words best, best first. Words of any language, single or in whole questions, may be
 * asked; without a word that can be looked for the answer is honestly empty. Never throws on what a person typed.
 */
export async function findTexts(tx: Tx, wish: SearchWish): Promise<SearchAnswer> {
  const words = wish.words.slice(0, mostLetters);
  const language = wish.language ? mainLanguage(wish.language) : undefined;
  const asked = [
    ...new Map(wordsOf(words, language ?? 'xx').map((word) => [word.folded, word])).values(),
  ].slice(0, mostWords);
  if (asked.length === 0) return nothing;
  const filters = filtersOf(wish);
  const standing = await standingOf(tx, filters.marks.flat());
  const known = await whatIsKnown(tx, asked, standing);
  const questions = questionsOf(known.asked, known.kin, standing, language);
  const names = await namesLike(tx, words);
  const all = standing.languages.find((each) => each.language === 'xx')?.texts ?? 0;
  const { ways, partial } = waysInto(questions, all, shareOf(filters, standing, all), budget);
  const rows = await rank(tx, { ways, questions, names, filters, standing, wish });
  if (rows.length === 0) return nothing;
  const hits = rows.map((row) => ({
    subjectKind: row.kind,
    subjectId: row.subject,
    language: row.language,
    score: row.score,
    why: whyOf(row, questions, names, words),
  }));
  const better = spelledBetter(
    words,
    asked.map((word) => word.folded),
    hits.flatMap((hit) => hit.why),
  );
  return { hits, total: rows[0]?.total ?? 0, atLeast: partial, ...(better ? { didYouMean: better } : {}) };
}

interface Filters {
  /** Every inner list is a choice. */
  readonly marks: readonly (readonly number[])[];
  readonly exact: RawBuilder<unknown>;
}

function filtersOf(wish: SearchWish): Filters {
  const marks: number[][] = [];
  if (wish.kinds?.length) marks.push(wish.kinds.map((kind) => keyOf('kind', kind)));
  for (const choice of wish.facets ?? [])
    if (choice.length > 0) marks.push(choice.map((facet) => keyOf('facet', facet)));
  const exact: RawBuilder<unknown>[] = [];
  if (wish.near) {
    const { lat, lon, withinKm } = wish.near;
    const cells = cellsAround(wish.near, withinKm);
    if (cells) marks.push(cells);
    exact.push(sql`and 12742 * asin(least(1, sqrt(power(sin(radians(t.lat - ${lat}::float8) / 2), 2)
      + cos(radians(t.lat)) * cos(radians(${lat}::float8)) * power(sin(radians(t.lon - ${lon}::float8) / 2), 2)))) <= ${withinKm}::float8`);
  }
  if (wish.onDay)
    exact.push(
      sql`and coalesce(t.day_from <= ${wish.onDay}::date, true) and coalesce(t.day_until >= ${wish.onDay}::date, true)`,
    );
  return { marks, exact: exact.length > 0 ? sql.join(exact, sql` `) : sql`` };
}

/** About which share of all texts the filters leave, as if they had nothing to do with each other. */
function shareOf(filters: Filters, standing: Standing, all: number): number {
  return filters.marks.reduce((share, choice) => {
    const texts = choice.reduce((sum, mark) => sum + (standing.marks.get(mark) ?? 0), 0);
    return all > 0 ? share * Math.min(1, texts / all) : share;
  }, 1);
}

async function whatIsKnown(tx: Tx, asked: readonly { folded: string; plain: string }[], standing: Standing) {
  const tongues = standing.languages.map((each) => each.language);
  const inTongues = asked.flatMap((word, place) =>
    tongues
      .filter((tongue) => tongue === 'xx' || scriptOf(word.folded) === scriptOfLanguage(tongue))
      .map((tongue) => ({ ...word, place, tongue })),
  );
  const stems = await stemsOf(tx, inTongues);
  const forms = inTongues.map((form, at) => ({ ...form, stem: stems[at] ?? form.folded }));
  const kin = await kinOf(tx, forms);
  const unknown = asked.flatMap((word, place) => {
    const exact = kin.some(
      (each) => each.place === place && (each.kinship === 'stem' || each.kinship === 'word'),
    );
    return exact
      ? []
      : [{ place, probes: nearProbes(word.folded), begins: [...word.folded].length > 1 ? word.folded : '' }];
  });
  const near = await nearWordsOf(tx, unknown);
  const perWord = asked.map((word, place) => ({
    folded: word.folded,
    stems: new Map(forms.filter((form) => form.place === place).map((form) => [form.tongue, form.stem])),
  }));
  return { asked: perWord, kin: [...kin, ...near] as RelatedTerm[] };
}

interface NamedText {
  readonly textId: number;
  readonly exact: boolean;
}

async function namesLike(tx: Tx, words: string): Promise<NamedText[]> {
  const whole = joined(words);
  const near = await nearNamesOf(tx, nearProbes(whole));
  const found = new Map<number, boolean>();
  for (const { textId, name } of near)
    if (atMostOneLetterApart(name, whole)) found.set(textId, found.get(textId) === true || name === whole);
  return [...found].map(([textId, exact]) => ({ textId, exact }));
}

interface Found {
  readonly kind: string;
  readonly subject: string;
  readonly language: string;
  readonly title: string;
  readonly names: string[];
  readonly body: string;
  readonly score: number;
  readonly total: number;
  readonly named: boolean | null;
  readonly matched: number[];
}

interface Ranking {
  readonly ways: readonly Way[];
  readonly questions: readonly Question[];
  readonly names: readonly NamedText[];
  readonly filters: Filters;
  readonly standing: Standing;
  readonly wish: SearchWish;
}

async function rank(tx: Tx, { ways, questions, names, filters, standing, wish }: Ranking): Promise<Found[]> {
  const filtered = sql`${sql.join(
    filters.marks.map((choice) => sql`and t.marks operator(pg_catalog.&&) ${choice}::int[]`),
    sql` `,
  )} ${filters.exact}`;
  const branches = ways.map(
    (way) => sql`(select t.id from pub.search_text t where ${conditionOf(way)} ${filtered} limit ${budget})`,
  );
  if (names.length > 0)
    branches.push(
      sql`(select t.id from pub.search_text t where t.id = any(${names.map((name) => name.textId)}::bigint[]) ${filtered})`,
    );
  if (branches.length === 0) return [];
  const clues = questions.flatMap((question) =>
    question.clues.map((clue) => ({
      ...clue,
      rarity: question.rarity.get(clue.tongue) ?? 0,
      mean: meanOf(standing, clue.tongue),
    })),
  );
  const bonus = nameBonus(questions);
  const { rows } = await sql<Found>`
    with clue as materialized (
      select * from unnest(${clues.map((clue) => clue.term)}::int[], ${clues.map((clue) => clue.place)}::int[],
        ${clues.map((clue) => clue.weight)}::float8[], ${clues.map((clue) => clue.rarity)}::float8[],
        ${clues.map((clue) => clue.mean)}::float8[]) as c (term, place, weight, rarity, mean)
    ), named as materialized (
      select * from unnest(${names.map((name) => name.textId)}::bigint[], ${names.map((name) => name.exact)}::boolean[]) as n (id, exact)
    ), candidate as materialized (
      ${sql.join(branches, sql` union `)}
    ), weighed as materialized (
      select t.id, t.subject_kind, t.subject_id, n.exact, s.matched,
        coalesce(s.score, 0) + case when n.exact then ${bonus * 1.5}::float8 when not n.exact then ${bonus * 0.8}::float8 else 0 end as score
      from candidate join pub.search_text t using (id) left join named n using (id)
      cross join lateral (
        select sum(g.rarity * ${saturation + 1}::float8 * g.weight / (${saturation}::float8 + g.weight)) as score, array_agg(g.terms) as matched
        from (
          select c.place, max(c.rarity) as rarity, min(c.term) as terms,
            sum(c.weight * (u.count >> 1) / (${1 - lengthPenalty}::float8 + ${lengthPenalty}::float8 * t.length / c.mean))
            + max(c.weight * (u.count & 1)) as weight
          from unnest(t.terms, t.counts) as u (term, count) join clue c on c.term = u.term
          group by c.place
        ) g
      ) s
    ), best as (
      select distinct on (subject_kind, subject_id) * from weighed where score > 0
      order by subject_kind, subject_id, score desc, id
    ), page as (
      select *, count(*) over () as total from best
      order by score desc, subject_kind, subject_id limit ${wish.limit} offset ${wish.offset}
    )
    select t.subject_kind as kind, t.subject_id as subject, t.language, t.title, t.names, left(t.body, 20000) as body,
      p.score, p.total::int as total, p.exact as named,
      array(select c.term from clue c where c.term = any(t.terms)) as matched
    from page p join pub.search_text t using (id)
    order by p.score desc, p.subject_kind, p.subject_id`.execute(tx);
  return rows;
}

function conditionOf(way: Way): RawBuilder<unknown> {
  const wanted = way.terms.map((terms) => sql`t.terms operator(pg_catalog.&&) ${terms}::int[]`);
  const weighty = way.weighty;
  if (weighty === null) return sql.join(wanted, sql` and `);
  const marks = way.terms.flat().map((term) => keyOf(weighty, String(term)));
  return sql`t.marks operator(pg_catalog.&&) ${marks}::int[]`;
}

function meanOf(standing: Standing, tongue: string): number {
  const standingOfIt = standing.languages.find((each) => each.language === tongue);
  return standingOfIt && standingOfIt.texts > 0 ? standingOfIt.words / standingOfIt.texts : 100;
}

/** A whole name outweighs any text that merely has its words. */
function nameBonus(questions: readonly Question[]): number {
  return (
    (questions.reduce((sum, question) => sum + Math.max(4, ...question.rarity.values()), 0) *
      (saturation + 1)) /
    2
  );
}

function whyOf(
  row: Found,
  questions: readonly Question[],
  names: readonly NamedText[],
  words: string,
): Why[] {
  const isWritten = writtenIn(`${row.title} ${row.names.join(' ')} ${row.body}`);
  const matched = new Set(row.matched);
  const why = questions.flatMap((question): Why[] => {
    const clue = question.clues.find((each: Clue) => matched.has(each.term));
    if (!clue) return [];
    if (isWritten(question.asked)) return [{ asked: question.asked, found: question.asked, how: 'word' }];
    const found = clue.written.find(isWritten);
    if (!found) return [];
    return [{ asked: question.asked, found, how: clue.how === 'word' ? 'form' : clue.how }];
  });
  if (row.named === null) return why;
  const whole = joined(words);
  const name =
    [row.title, ...row.names].find((each) => atMostOneLetterApart(joined(each), whole)) ?? row.title;
  return [{ asked: words.trim(), found: name, how: row.named ? 'name' : 'spelling' }, ...why];
}

/** The question with each misspelt word as the best find spells it. */
function spelledBetter(words: string, asked: readonly string[], why: readonly Why[]): string | null {
  const known = new Set(
    why.filter((each) => each.how === 'word' || each.how === 'form').map((each) => each.asked),
  );
  const whole = why.find(
    (each) => each.asked === words.trim() && (each.how === 'name' || each.how === 'spelling'),
  );
  if (whole) return whole.how === 'spelling' ? whole.found : null;
  const better = asked.map((word) =>
    known.has(word) ? undefined : why.find((each) => each.asked === word && each.how === 'spelling'),
  );
  if (!better.some(Boolean)) return null;
  return asked.map((word, at) => better[at]?.found ?? word).join(' ');
}
