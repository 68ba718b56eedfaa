import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { searchEval } from './search-eval.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'search-eval-'));
  process.env.DATABASE_URL = inject('databaseAdminUrl');
});
afterAll(async () => {
  delete process.env.DATABASE_URL;
  await rm(folder, { recursive: true, force: true });
});

async function evaluated(docs: string, queries: string) {
  const [docsFile, queriesFile] = [join(folder, 'docs.jsonl'), join(folder, 'queries.jsonl')];
  await writeFile(docsFile, docs);
  await writeFile(queriesFile, queries);
  const printed: string[] = [];
  const told: string[] = [];
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const err = vi.spyOn(console, 'error').mockImplementation((text) => void told.push(String(text)));
  const code = await searchEval(['--docs', docsFile, '--queries', queriesFile]).finally(() => {
    out.mockRestore();
    err.mockRestore();
  });
  return { code, printed: printed.join(''), told: told.join('\n') };
}

const doc = '{"id":"a","lang":"uk","title":"Школа","text":"Курси мови для дорослих"}\n';
const query = '{"id":"q","lang":"uk","q":"курс української мови"}\n';

test('each question gets one line with the ids of the texts that answer it, and nothing else is printed', async () => {
  const { code, printed } = await evaluated(`${doc}{"id":7,"lang":"en","title":"","text":"other"}\n`, query);
  expect(code).toBe(0);
  expect(
    printed
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as object),
  ).toEqual([{ query: 'q', docs: ['a'], ms: expect.any(Number) as number }]);
});

test.each([
  ['a line that is no JSON', `${doc}nope`, query, 'docs.jsonl, line 2: this is not a JSON object.'],
  [
    'a line without a text',
    '{"id":"a","lang":"nl","title":"t"}',
    query,
    "docs.jsonl, line 1: 'text' is missing.",
  ],
  [
    'a question that is a number',
    doc,
    '{"id":"q","lang":"nl","q":5}',
    'queries.jsonl, line 1: q is not a text.',
  ],
  ['the same id twice', doc + doc, query, 'the id a (uk) stands there twice.'],
])('%s is told with its file and reason', async (_, docs, queries, reason) => {
  const { code, printed, told } = await evaluated(docs, queries);
  expect(code).toBe(2);
  expect(printed).toBe('');
  expect(told).toContain(reason);
});

test('files that are not there and missing words are told too', async () => {
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await searchEval([])).toBe(2);
  expect(await searchEval(['--docs', join(folder, 'no'), '--queries', join(folder, 'no')])).toBe(2);
  err.mockRestore();
});
