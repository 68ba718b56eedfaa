import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import MiniSearch from 'minisearch';
import pg from 'pg';
import { countWords, indexTexts } from '#modules/languages/search/commands.server.ts';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { withThrowAwayDatabase } from '../scripts/throw-away-database.ts';
import { outsideData } from '../tests/support/outside-data.ts';

interface Page {
  readonly id: string;
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}

interface Query {
  readonly q: string;
  readonly lang: string;
  readonly relevant: readonly string[];
  readonly answerable: boolean;
}

type Ranker = (query: Query) => Promise<readonly string[]>;

const configs: Readonly<Record<string, string>> = {
  de: 'german',
  en: 'english',
  nl: 'dutch',
  fr: 'french',
  ar: 'arabic',
  tr: 'turkish',
};

async function readLines<Line>(file: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

/** The first one, two or three words of each title, for which every page that has them in its title is right. */
function keywordQueries(pages: readonly Page[]): Query[] {
  const wordsOf = (title: string): string[] => title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return pages.flatMap((page, at) => {
    const words = wordsOf(page.title).slice(0, 1 + (at % 3));
    if (words.length === 0) return [];
    const relevant = pages
      .filter((other) => words.every((word) => wordsOf(other.title).includes(word)))
      .map((other) => other.id);
    return [{ q: words.join(' '), lang: page.lang, relevant, answerable: true }];
  });
}

async function fillBare(adminUrl: string, pages: readonly Page[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(
    'create table pub.bare (id text, tsv tsvector); grant select on pub.bare to steppingstones_public',
  );
  for (const page of pages)
    await client.query(
      `insert into pub.bare values ($1, setweight(to_tsvector($2::regconfig, $3), 'A') || to_tsvector($2::regconfig, $4))`,
      [page.id, configs[page.lang] ?? 'simple', page.title, page.text],
    );
  await client.end();
}

function bareFor(words: 'all' | 'any'): Ranker {
  return (query) =>
    withViewer(visitor, async (tx) => {
      const all = sql`plainto_tsquery(${configs[query.lang] ?? 'simple'}::regconfig, ${query.q})`;
      const wanted = words === 'all' ? all : sql`replace(${all}::text, '&', '|')::tsquery`;
      const { rows } = await sql<{ id: string }>`
        select id from pub.bare, (select ${wanted} as wanted) w where tsv @@ wanted order by ts_rank(tsv, wanted) desc, id limit 20`.execute(
        tx,
      );
      return rows.map((row) => row.id);
    });
}

function inMemory(pages: readonly Page[]): Ranker {
  const mini = new MiniSearch<Page>({
    fields: ['title', 'text'],
    searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.2 },
  });
  mini.addAll(pages);
  return async (query) =>
    mini
      .search(query.q)
      .slice(0, 20)
      .map((hit) => String(hit.id));
}

const ours: Ranker = async (query) => {
  const answer = await withViewer(visitor, (tx) =>
    findTexts(tx, { words: query.q, language: query.lang, limit: 20, offset: 0 }),
  );
  return answer.hits.map((hit) => hit.subjectId);
};

async function judge(rank: Ranker, queries: readonly Query[]) {
  let [first, five, sum, answerable, empty] = [0, 0, 0, 0, 0];
  for (const query of queries) {
    const ids = await rank(query);
    if (ids.length === 0) empty++;
    if (!query.answerable) continue;
    answerable++;
    const at = ids.findIndex((id) => query.relevant.includes(id));
    if (at === 0) first++;
    if (at >= 0 && at < 5) five++;
    if (at >= 0) sum += 1 / (at + 1);
  }
  const percent = (count: number, of: number) => Math.round((count / of) * 1000) / 10;
  return {
    'top 1 %': percent(first, answerable),
    'top 5 %': percent(five, answerable),
    MRR: Math.round((sum / answerable) * 1000) / 1000,
    'empty %': percent(empty, queries.length),
  };
}

/** `npm run bench -- relevance --data DIR`: newcomers' questions and keywords against the pages that answer them. */
async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { data: { type: 'string' } },
  });
  const data = values.data ?? outsideData('data', 'omos-qa');
  if (data === null) return;
  if (!existsSync(data)) throw new Error(`There is no folder ${data}.`);
  const rows: object[] = [];
  for (const language of ['de', 'en']) {
    const pages = await readLines<Page>(join(data, `dev-${language}-docs.jsonl`));
    const queries = await readLines<Query>(join(data, `dev-${language}-queries.jsonl`));
    await withThrowAwayDatabase(async (adminUrl) => {
      await fillBare(adminUrl, pages);
      await withViewer(operator, async (tx) => {
        await indexTexts(
          tx,
          pages.map((page) => ({
            ...page,
            subjectKind: 'page',
            subjectId: page.id,
            language: page.lang,
            names: [],
            facets: [],
            point: null,
            days: { from: null, until: null },
          })),
        );
        await countWords(tx);
      });
      const rankers: [string, Ranker][] = [
        ['ours', ours],
        ['PostgreSQL FTS, all words', bareFor('all')],
        ['PostgreSQL FTS, any word', bareFor('any')],
        ['MiniSearch', inMemory(pages)],
      ];
      for (const [kind, asked] of [
        ['questions', queries],
        ['keywords', keywordQueries(pages)],
      ] as const)
        for (const [name, rank] of rankers)
          rows.push({ language, asked: `${asked.length} ${kind}`, name, ...(await judge(rank, asked)) });
    });
  }
  console.table(rows);
  await mkdir('bench/out', { recursive: true });
  await writeFile('bench/out/relevance.json', JSON.stringify(rows, null, 2));
}

await bench(process.argv.slice(2));
