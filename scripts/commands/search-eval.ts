import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { countWords, indexTexts } from '#modules/languages/search/commands.server.ts';
import type { SearchText } from '#modules/languages/search/model.ts';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { withViewer } from '#platform/db.server.ts';
import { withThrowAwayDatabase } from '../throw-away-database.ts';

const usage = `Usage: steppingstones search-eval --docs DOCS.jsonl --queries QUERIES.jsonl
DOCS has {id, lang, title, text} a line, QUERIES {id, lang, q}. Prints {query, docs, ms} a line: the ids best first.`;

const identity = v.union(
  [v.pipe(v.string(), v.minLength(1, 'the id is empty')), v.number()],
  'the id is not a word or number',
);
const language = v.pipe(v.string('lang is not a word'), v.minLength(1, 'lang is empty'));
const aDoc = v.object({
  id: identity,
  lang: language,
  title: v.string('title is not a text'),
  text: v.string('text is not a text'),
});
const aQuery = v.object({ id: identity, lang: language, q: v.string('q is not a text') });

const mostHits = 20;

class BadLine extends Error {}

/** `search-eval`: runs the product's own search over outside texts and questions, in a database that is gone afterwards. */
export async function searchEval(argv: string[]): Promise<number> {
  const files = filesOf(argv);
  if (!files) {
    console.error(usage);
    return 2;
  }
  try {
    const docs = await linesOf(files.docs, aDoc);
    const queries = await linesOf(files.queries, aQuery);
    refuseDoubles(
      files.docs,
      docs.map((doc) => `${doc.id} (${doc.lang})`),
    );
    refuseDoubles(
      files.queries,
      queries.map((query) => String(query.id)),
    );
    await withThrowAwayDatabase(() => evaluate(docs, queries));
    return 0;
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    console.error(error.message);
    return 2;
  }
}

function filesOf(argv: string[]): { docs: string; queries: string } | null {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { docs: { type: 'string' }, queries: { type: 'string' } },
    });
    return values.docs && values.queries ? { docs: values.docs, queries: values.queries } : null;
  } catch {
    return null;
  }
}

/** Reads one JSON object a line and refuses the file at its first bad line, naming file, line and reason. */
async function linesOf<Line>(file: string, shape: v.GenericSchema<unknown, Line>): Promise<Line[]> {
  const found: Line[] = [];
  let number = 0;
  const refuse = (reason: string): never => {
    throw new BadLine(`${file}, line ${number}: ${reason}.`);
  };
  try {
    for await (const line of createInterface({
      input: createReadStream(file, 'utf8'),
      crlfDelay: Infinity,
    })) {
      number++;
      const text = line.replace(/^\ufeff/, '').trim();
      if (text === '') continue;
      const parsed = v.safeParse(shape, asJson(text) ?? refuse('this is not a JSON object'));
      found.push(parsed.success ? parsed.output : refuse(reasonOf(parsed.issues[0])));
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new BadLine(`${file} cannot be read (${code === 'ENOENT' ? 'there is no such file' : code}).`);
  }
  return found;
}

function reasonOf(issue: v.BaseIssue<unknown> | undefined): string {
  const key = issue?.path?.[0]?.key;
  if (issue && issue.input === undefined && key !== undefined) return `'${String(key)}' is missing`;
  return issue?.message ?? 'this is not what a line should hold';
}

function asJson(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function refuseDoubles(file: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new BadLine(`${file}: the id ${id} stands there twice.`);
    seen.add(id);
  }
}

async function evaluate(
  docs: readonly v.InferOutput<typeof aDoc>[],
  queries: readonly v.InferOutput<typeof aQuery>[],
): Promise<void> {
  const started = performance.now();
  await withViewer(operator, async (tx) => {
    await indexTexts(tx, docs.map(asText));
    await countWords(tx);
  });
  console.error(`${docs.length} texts indexed in ${Math.round(performance.now() - started)} ms`);
  for (const query of queries) {
    const asked = performance.now();
    const answer = await withViewer(visitor, (tx) =>
      findTexts(tx, { words: query.q, language: query.lang, limit: mostHits, offset: 0 }),
    );
    const ms = Math.round((performance.now() - asked) * 100) / 100;
    const ids = answer.hits.map((hit) => JSON.parse(hit.subjectId) as string | number);
    process.stdout.write(`${JSON.stringify({ query: query.id, docs: ids, ms })}\n`);
  }
}

function asText(doc: v.InferOutput<typeof aDoc>): SearchText {
  return {
    subjectKind: 'text',
    // As JSON, so that the id 7 and the id "7" come back as they were.
    subjectId: JSON.stringify(doc.id),
    language: doc.lang,
    title: doc.title,
    names: [],
    text: doc.text,
    facets: [],
    point: null,
    days: { from: null, until: null },
  };
}
