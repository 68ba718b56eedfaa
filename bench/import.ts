import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { guesses } from '../src/modules/initiatives/bringing/guessing/model.ts';
import { layFile, type FileLaid } from '../src/modules/initiatives/bringing/laying/commands.server.ts';
import { alikeAmong } from '../src/modules/initiatives/bringing/likeness/queries.server.ts';
import type { Mapping } from '../src/modules/initiatives/bringing/model.ts';
import {
  prepareFile,
  type FileMeaning,
} from '../src/modules/initiatives/bringing/preparing/queries.server.ts';
import { knownNames } from '../src/modules/initiatives/bringing/queries.server.ts';
import { theOperator } from '../src/modules/initiatives/bringing/reach/queries.server.ts';
import { readFile } from '../src/modules/initiatives/bringing/reading/input.ts';
import { asCsv, madeTable, plantFaults } from '../src/modules/initiatives/bringing/testing.ts';
import { loadPlaces } from '../src/modules/places/commands.server.ts';
import { withViewer } from '../src/platform/db.server.ts';
import { house, operator } from '../src/platform/viewer.ts';
import { withThrowAwayDatabase } from '../scripts/throw-away-database.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '3' } },
});
const [count, rounds] = [Number(values.rows), Number(values.rounds)];
// As a house that must survive a power cut keeps its database.
const durable = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];

interface Round {
  readonly [step: string]: number;
}

async function lasts<Answer>(work: () => Promise<Answer>): Promise<[Answer, number]> {
  const begun = performance.now();
  const answer = await work();
  return [answer, (performance.now() - begun) / 1000];
}

/** Seconds of processor time that this process and one of the database's have used; without /proc only our own are known. */
function spent(backend: number): number {
  const { user, system } = process.cpuUsage();
  const path = `/proc/${backend}/stat`;
  const stat = existsSync(path) ? (readFileSync(path, 'utf8').split(') ')[1] ?? '').split(' ') : [];
  return (user + system) / 1e6 + (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / 100;
}

/** How much processor time the last lay took, however busy the machine was. */
let worked = 0;

async function lay(file: Buffer, meaning: FileMeaning, heard: number[] = []): Promise<FileLaid> {
  return withViewer(house, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    const backend = rows[0]?.pid ?? 0;
    const before = spent(backend);
    const laid = await layFile(tx, file, meaning, {
      bringer: theOperator,
      choices: {},
      progress: (done) => void heard.push(done),
    });
    worked = spent(backend) - before;
    if (!laid.ok) throw Object.assign(new Error('refused'), { laid });
    return laid;
  }).catch((error: unknown) => {
    if (error instanceof Error && 'laid' in error) return error.laid as FileLaid;
    throw error;
  });
}

async function mappingOf(file: Buffer): Promise<Mapping> {
  const read = await readFile(file, null);
  if (!read.ok || read.kind !== 'table') throw new Error('The made table was not read.');
  const known = await withViewer(operator, knownNames);
  return Object.fromEntries(
    [...guesses(read.table, {}, known)].map(([column, { field }]) => [column, field]),
  );
}

async function oneRound(seed: number): Promise<Round> {
  const rows = madeTable(count, seed);
  const planted = plantFaults(rows, 40, seed);
  const file = asCsv(rows);
  await withViewer(operator, (tx) => loadPlaces(tx));
  const [mapping, guess] = await lasts(() => mappingOf(file));
  const meaning: FileMeaning = { source: 'made', sheet: null, mapping, language: 'nl' };
  const [refused, refuse] = await lasts(() => lay(planted.file, meaning));
  const told = refused.ok || refused.kind !== 'rows' ? [] : refused.problems;
  const allTold = planted.faults.filter((fault) =>
    told.some(
      ({ row, field, reason }) => row === fault.row && field === fault.field && reason === fault.reason,
    ),
  );
  if (allTold.length !== 40 || told.length !== 40)
    throw new Error(`Of 40 faults ${allTold.length} were told rightly, and ${told.length} in all.`);
  const heard: number[] = [];
  const [first, laid] = await lasts(() => lay(file, meaning, heard));
  const cpu = worked;
  if (!first.ok || first.outcome.added !== count) throw new Error('Not all rows were laid.');
  const [again, same] = await lasts(() => lay(file, meaning));
  if (!again.ok || again.outcome.added !== 0 || again.outcome.same !== count)
    throw new Error('Again was not nothing new.');
  const others = madeTable(count, seed + 1);
  const read = await withViewer(operator, (tx) =>
    prepareFile(tx, asCsv(others), { ...meaning, source: 'another' }),
  );
  if (!read.ok) throw new Error('The other table was not read.');
  const [, look] = await lasts(() => withViewer(operator, (tx) => alikeAmong(tx, read.prepared.rows)));
  return { guess, refuse, laid, cpu, heard: heard.length, same, look };
}

const steps: readonly (readonly [string, string])[] = [
  ['guess', 'read and guess the columns'],
  ['refuse', 'refuse 40 planted faults, all told'],
  ['laid', `lay ${count} rows, search and marks included`],
  ['cpu', 'processor time of that, app and database together'],
  ['same', 'the same again: 0 new'],
  ['look', 'look whether as many new rows are there already'],
];
const all: Round[] = [];
for (let round = 0; round < rounds; round++)
  all.push(await withThrowAwayDatabase(() => oneRound(2026 + round * 10), durable));
const told = steps.map(([step, says]) => {
  const seconds = all.map((round) => round[step] ?? 0).toSorted((a, b) => a - b);
  return {
    step: says,
    least: (seconds[0] ?? 0).toFixed(2),
    middle: (seconds[Math.floor(seconds.length / 2)] ?? 0).toFixed(2),
    most: (seconds.at(-1) ?? 0).toFixed(2),
  };
});
console.table(told);
console.log(
  `Progress was heard ${all[0]?.heard} times. Load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}; fsync on.`,
);
const out = join(import.meta.dirname, 'out');
await mkdir(out, { recursive: true });
await writeFile(
  join(out, 'import.json'),
  `${JSON.stringify({ rows: count, rounds: all, load: loadavg() }, null, 2)}\n`,
);
