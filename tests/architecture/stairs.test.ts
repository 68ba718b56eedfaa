import { createRequire } from 'node:module';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { afterAll, expect, test } from 'vitest';
import ts from 'typescript-eslint';
import { readdirSync } from 'node:fs';
import { rooms } from './rooms.ts';

// A file that does not exist has no types to ask; the rules tried here need none.
const lint = new ESLint({ overrideConfig: [ts.configs.disableTypeChecked] });

async function complaintsAbout(filePath: string, text: string): Promise<string[]> {
  const [result] = await lint.lintText(text, { filePath });
  return (result?.messages ?? []).map((each) => `${each.ruleId}: ${each.message}`);
}

test('every room of src/modules has its place on the stairs', () => {
  const standing = readdirSync('src/modules');
  expect(standing.filter((room) => !(rooms as readonly string[]).includes(room))).toEqual([]);
});

test('a room that looks up the stairs is stopped, also for a type, also in a view', async () => {
  const later = `import type { Initiative } from '#modules/initiatives/model.ts';\nexport type Seen = Initiative;\n`;
  expect(await complaintsAbout('src/modules/places/planted/model.ts', later)).toEqual([
    expect.stringContaining("The room 'places' comes before this one"),
  ]);
  expect(
    await complaintsAbout(
      'src/modules/places/views/Planted.svelte',
      `<script lang="ts">\n${later}</script>\n`,
    ),
  ).toContainEqual(expect.stringContaining("The room 'places' comes before this one"));
  const earlier = `import type { Place } from '#modules/places/model.ts';\nexport type Seen = Place;\n`;
  expect(await complaintsAbout('src/modules/initiatives/planted/model.ts', earlier)).toEqual([]);
});

test('furniture, cellar and views are told what to do instead', async () => {
  const room = `import type { Place } from '#modules/places/model.ts';\nexport type Seen = Place;\n`;
  expect(await complaintsAbout('src/ui/planted.ts', room)).toEqual([
    expect.stringContaining('Furniture knows no room'),
  ]);
  expect(await complaintsAbout('src/platform/planted.ts', room)).toEqual([
    expect.stringContaining('The cellar knows no room'),
  ]);
  const asking = `<script lang="ts">\nimport * as asked from '#modules/places/queries.server.ts';\nvoid asked;\n</script>\n`;
  expect(await complaintsAbout('src/modules/places/views/Planted.svelte', asking)).toContainEqual(
    expect.stringContaining('A view shows what it is given'),
  );
});

const planted: Readonly<Record<string, string>> = {
  'src/modules/places/model.ts': `import { sql } from 'kysely';\nimport './queries.server.ts';\nexport const a = sql;`,
  'src/modules/places/input.ts': `import './queries.server.ts';\nimport 'valibot';`,
  'src/modules/places/access.ts': `import './input.ts';`,
  'src/modules/places/queries.server.ts': `import pg from 'pg';\nimport './commands.server.ts';\nexport default pg;`,
  'src/modules/places/commands.server.ts': `import './queries.server.ts';`,
  'src/modules/places/views/Place.svelte': `<script lang="ts">import '../access.ts';</script>`,
  'src/ui/Card.svelte': `<script lang="ts">import '../modules/places/model.ts';</script>`,
  'src/platform/clock.ts': `import '../modules/places/model.ts';\nimport './lost.ts';`,
  'src/platform/clock.test.ts': `export const noon = 12;`,
  'src/platform/day.ts': `import './clock.test.ts';`,
  'src/routes/+page.server.ts': `import 'pg';`,
};

let broken = '';

async function brokenRules(): Promise<Map<string, string[]>> {
  broken = await mkdtemp(join(tmpdir(), 'broken-house-'));
  for (const [file, text] of Object.entries(planted)) {
    await mkdir(dirname(join(broken, file)), { recursive: true });
    await writeFile(join(broken, file), text);
  }
  const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    forbidden: NonNullable<NonNullable<ICruiseOptions['ruleSet']>['forbidden']>;
    options: ICruiseOptions;
  };
  const { tsConfig: _, ...rest } = options;
  const found = await cruise(['src'], { ...rest, baseDir: broken, validate: true, ruleSet: { forbidden } });
  const rules = new Map<string, string[]>();
  for (const { rule, from } of (found.output as ICruiseResult).summary.violations) {
    rules.set(rule.name, [...(rules.get(rule.name) ?? []), from]);
  }
  return rules;
}

afterAll(() => rm(broken, { recursive: true, force: true }));

test('each wall that dependency-cruiser holds stops a planted offender', async () => {
  const rules = await brokenRules();
  expect(rules.get('no-circles')).toEqual([expect.stringMatching(/places\/(queries|commands)\.server\.ts$/)]);
  expect(rules.get('database-behind-server')).toEqual(['src/modules/places/model.ts']);
  expect(rules.get('doors-speak-to-rooms')).toEqual(['src/routes/+page.server.ts']);
  expect(rules.get('model-is-pure')).toEqual(expect.arrayContaining(['src/modules/places/model.ts']));
  expect(rules.get('input-is-pure')).toEqual(['src/modules/places/input.ts']);
  expect(rules.get('access-is-pure')).toEqual(['src/modules/places/access.ts']);
  expect(rules.get('views-only-show')).toEqual(['src/modules/places/views/Place.svelte']);
  expect(rules.get('furniture-knows-no-room')).toEqual(['src/ui/Card.svelte']);
  expect(rules.get('cellar-knows-no-room')).toEqual(['src/platform/clock.ts']);
  expect(rules.get('only-tests-lean-on-tests')).toEqual(['src/platform/day.ts']);
  expect(rules.get('everything-is-found')).toContain('src/platform/clock.ts');
});
