import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import MiniSearch from 'minisearch';
import pg from 'pg';
import { countWords, indexTexts } from '#modules/languages/search/commands.server.ts';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import type { SearchText } from '#modules/languages/search/model.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { withThrowAwayDatabase } from '../scripts/throw-away-database.ts';
import { corpusOf, questionsFrom, type Asked } from './search/corpus.ts';

type Filters = 'text + theme + phase + place' | 'text + theme' | 'text alone';
type Way = (asked: Asked, filters: Filters) => Promise<number>;

const configs: Readonly<Record<string, string>> = { nl: 'dutch', en: 'english', ar: 'arabic' };

function ours(asked: Asked, filters: Filters): Promise<number> {
  return withViewer(visitor, async (tx) => {
    const facets =
      filters === 'text alone'
        ? []
        : filters === 'text + theme'
          ? [[asked.theme]]
          : [[asked.theme], [asked.phase]];
    const answer = await findTexts(tx, {
      words: asked.words,
      language: asked.language,
      facets,
      ...(filters === 'text + theme + phase + place' ? { near: asked.near } : {}),
      limit: 20,
      offset: 0,
    });
    return answer.hits.length;
  });
}

/** Bare full text search of PostgreSQL: all words, ts_rank, one text column of the asker's language, the same filters. */
function bare(asked: Asked, filters: Filters): Promise<number> {
  const { lat, lon, withinKm } = asked.near;
  const up = withinKm / 111.195;
  const aside = up / Math.cos((lat * Math.PI) / 180);
  const place =
    filters === 'text + theme + phase + place'
      ? sql`and lat between ${lat - up} and ${lat + up} and lon between ${lon - aside} and ${lon + aside}`
      : sql``;
  const facets =
    filters === 'text alone' ? [] : filters === 'text + theme' ? [asked.theme] : [asked.theme, asked.phase];
  const narrowed = facets.length > 0 ? sql`and facets @> ${facets}::text[]` : sql``;
  return withViewer(visitor, async (tx: Tx) => {
    const { rows } = await sql`
      select id, title, ts_rank(tsv, query) as score
      from pub.bare, plainto_tsquery(${configs[asked.language]}::regconfig, ${asked.words}) query
      where tsv @@ query ${narrowed} ${place} order by score desc limit 20`.execute(tx);
    return rows.length;
  });
}

async function fillBare(adminUrl: string, corpus: readonly SearchText[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(
    `create table pub.bare (id text primary key, title text, body text, facets text[], lat float8, lon float8, tsv tsvector)`,
  );
  for (let at = 0; at < corpus.length; at += 2_000) {
    const some = corpus.slice(at, at + 2_000);
    await client.query(
      `insert into pub.bare select id, title, body, facets::text[], lat, lon,
         setweight(to_tsvector(config::regconfig, title), 'A') || to_tsvector(config::regconfig, body)
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::text[])
         as t (id, title, body, facets, lat, lon, config)`,
      [
        some.map((each) => each.subjectId),
        some.map((each) => [each.title, ...each.names].join(' ')),
        some.map((each) => each.text),
        some.map((each) => `{${each.facets.join(',')}}`),
        some.map((each) => each.point?.lat),
        some.map((each) => each.point?.lon),
        some.map((each) => configs[each.language]),
      ],
    );
  }
  await client.query(`create index on pub.bare using gin (tsv); create index on pub.bare using gin (facets);
    create index on pub.bare (lat, lon); grant select on pub.bare to steppingstones_public`);
  await client.query('vacuum analyze');
  await client.end();
}

function inMemory(corpus: readonly SearchText[]): Way {
  const mini = new MiniSearch<SearchText>({
    idField: 'subjectId',
    fields: ['title', 'text'],
    storeFields: ['facets', 'point'],
    searchOptions: { boost: { title: 2 } },
  });
  mini.addAll(corpus);
  return async (asked, filters) => {
    const up = asked.near.withinKm / 111.195;
    const found = mini.search(asked.words, {
      filter: (result) => {
        if (filters === 'text alone') return true;
        const facets = result.facets as string[];
        if (!facets.includes(asked.theme)) return false;
        if (filters === 'text + theme') return true;
        const point = result.point as { lat: number; lon: number };
        return (
          facets.includes(asked.phase) &&
          Math.abs(point.lat - asked.near.lat) <= up &&
          Math.abs(point.lon - asked.near.lon) <= up * 1.6
        );
      },
    });
    return found.slice(0, 20).length;
  };
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 100) / 100;
}

/** `npm run bench -- search --size 5000|50000|200000`: ours beside bare PostgreSQL and MiniSearch, alternating in one run. */
async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      size: { type: 'string', default: '5000' },
      questions: { type: 'string', default: '300' },
      'no-minisearch': { type: 'boolean', default: false },
    },
  });
  const size = Number(values.size);
  const corpus = corpusOf(size);
  const questions = questionsFrom(corpus, Number(values.questions));
  await withThrowAwayDatabase(
    async (adminUrl) => {
      const started = performance.now();
      // As an import does it: everything in one transaction.
      await withViewer(operator, (tx) => indexTexts(tx, corpus));
      const indexed = performance.now();
      await withViewer(operator, countWords);
      const counted = performance.now();
      console.error(
        `${size} texts indexed in ${Math.round(indexed - started)} ms, counted in ${Math.round(counted - indexed)} ms`,
      );
      await fillBare(adminUrl, corpus);
      console.error(`bare PostgreSQL filled in ${Math.round(performance.now() - counted)} ms`);
      const ways: [string, Way][] = [
        ['ours', ours],
        ['bare PostgreSQL FTS', bare],
      ];
      if (!values['no-minisearch']) ways.push(['MiniSearch', inMemory(corpus)]);
      const rows = await measure(ways, questions);
      const sizes = await diskOf(adminUrl);
      const report = {
        size,
        questions: questions.length,
        cores: cpus().length,
        load: loadavg(),
        indexMs: indexed - started,
        countMs: counted - indexed,
        ...sizes,
        rows,
      };
      console.table(rows);
      console.log(
        `load ${loadavg()
          .map((each) => each.toFixed(2))
          .join(' ')} on ${cpus().length} cores; ours ${sizes.ours}, bare ${sizes.bare} on disk`,
      );
      await mkdir('bench/out', { recursive: true });
      await writeFile(`bench/out/search-${size}.json`, JSON.stringify(report, null, 2));
    },
    ['shared_buffers=512MB'],
  );
}

async function diskOf(adminUrl: string): Promise<{ ours: string; bare: string }> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ ours: string; bare: string }>(`select
    pg_size_pretty(sum(pg_total_relation_size(oid)) filter (where relname like 'search%')) as ours,
    pg_size_pretty(sum(pg_total_relation_size(oid)) filter (where relname = 'bare')) as bare
    from pg_class where relkind = 'r' and relnamespace = 'pub'::regnamespace`);
  await client.end();
  return rows[0] ?? { ours: '', bare: '' };
}

async function measure(ways: readonly [string, Way][], questions: readonly Asked[]): Promise<object[]> {
  const rows: object[] = [];
  for (const filters of ['text + theme + phase + place', 'text + theme', 'text alone'] as const) {
    const times = new Map<string, number[]>(ways.map(([name]) => [name, []]));
    const found = new Map<string, number>();
    for (const [name, way] of ways)
      for (const asked of questions.slice(0, 30)) await way(asked, filters).then(() => name);
    for (const asked of questions)
      for (const [name, way] of ways) {
        const began = performance.now();
        const count = await way(asked, filters);
        times.get(name)?.push(performance.now() - began);
        if (count > 0) found.set(name, (found.get(name) ?? 0) + 1);
      }
    const reference = percentile(times.get('bare PostgreSQL FTS') ?? [], 0.5);
    for (const [name, each] of times) {
      const p50 = percentile(each, 0.5);
      rows.push({
        filters,
        name,
        p50,
        p99: percentile(each, 0.99),
        mean: percentile([each.reduce((sum, one) => sum + one, 0) / each.length], 0),
        'p50 to bare': Math.round((p50 / reference) * 100) / 100,
        'answered %': Math.round(((found.get(name) ?? 0) / questions.length) * 100),
      });
    }
  }
  return rows;
}

await bench(process.argv.slice(2));
