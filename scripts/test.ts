import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';

type Kind = 'rule' | 'database' | 'journey';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const project = join(import.meta.dirname, '..');
process.chdir(project);

/** A test that reaches a real database does so through one of these. */
const reachesDatabase =
  /support\/database\.ts|databaseAdminUrl|database\/(embedded|open)\.server\.ts|bin\/steppingstones/;

async function filesOf(wanted: readonly string[]): Promise<Record<Kind, string[]>> {
  const files: Record<Kind, string[]> = { rule: [], database: [], journey: [] };
  for await (const file of glob(['{src,tests,scripts,bench}/**/*.test.ts', 'tests/journeys/*.journey.ts'])) {
    if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
    if (file.endsWith('.journey.ts')) files.journey.push(file);
    else files[reachesDatabase.test(await readFile(file, 'utf8')) ? 'database' : 'rule'].push(file);
  }
  for (const list of Object.values(files)) list.sort();
  return files;
}

/** What makes each kind run as it should: rules need no database, journeys bring a built house and a browser of their own. */
const settings: Record<Kind, object> = {
  rule: { globalSetup: [] },
  database: {},
  journey: { config: 'tests/journeys/vitest.config.ts' },
};

async function ran(kind: Kind, include: string[]): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (include.length === 0) return counts;
  console.log(`\n${kind} tests`);
  const vitest = await startVitest('test', [], { run: true, watch: false, include, ...settings[kind] });
  for (const module of vitest.state.getTestModules()) {
    const before = counts.passed + counts.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') counts.passed++;
      else if (state === 'failed') counts.failed++;
      else counts.skipped++;
    }
    // A file that breaks before its first test is a failure too.
    if (module.state() === 'failed' && counts.passed + counts.failed === before) counts.failed++;
  }
  counts.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
  return counts;
}

/** A kind whose surroundings do not come up has failed, and the other kinds still have something to say. */
async function ranOrFailed(kind: Kind, include: string[]): Promise<Counts> {
  return ran(kind, include).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: include.length, skipped: 0 };
  });
}

// The framework writes the settings that every test is read with; a fresh clone does not have them yet.
if (!existsSync('node_modules/$app/tsconfig'))
  spawnSync('node_modules/.bin/svelte-kit', ['sync'], { stdio: 'inherit' });

const wanted = process.argv.slice(2);
const files = await filesOf(wanted);
const counts: Record<Kind, Counts> = {
  rule: await ranOrFailed('rule', files.rule),
  database: await ranOrFailed('database', files.database),
  journey: await ranOrFailed('journey', files.journey),
};

const kinds = Object.keys(counts) as Kind[];
console.log('');
let absent = 0;
for (const kind of kinds) {
  const { passed, failed, skipped } = counts[kind];
  console.log(`${kind} tests: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  // Asked for a part, the other kinds may well be empty; asked for all, an empty kind means that nothing was looked at.
  if (wanted.length === 0 && passed + failed === 0) {
    console.error(`No ${kind} test ran.`);
    absent++;
  }
}
if (wanted.length > 0 && kinds.every((kind) => counts[kind].passed + counts[kind].failed === 0)) absent++;
const passed = kinds.reduce((sum, kind) => sum + counts[kind].passed, 0);
const failed = kinds.reduce((sum, kind) => sum + counts[kind].failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || absent > 0 ? 1 : 0);
