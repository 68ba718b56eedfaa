import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { doors } from '../src/doors.ts';
import { doorsToNowhere, everyDoorDeclared, undeclared, waysUnder } from '../scripts/every-door-declared.ts';
import { deedsWithoutAccess } from './architecture/deeds.ts';
import { emptyWordIn, outOfVocabulary } from './architecture/naming.ts';
import { filesOfTheHouse, linesOf, textOf } from './architecture/tree.ts';

const house = filesOfTheHouse();
const inRooms = house.filter((file) => file.startsWith('src/modules/'));
const code = house.filter((file) => /^(src|scripts|bench|tests|bin)\/.*\.(ts|js|svelte|css)$/.test(file));
const temporary: string[] = [];

async function aHouseWith(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'house-'));
  temporary.push(root);
  for (const [file, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return root;
}

afterAll(async () => {
  for (const root of temporary) await rm(root, { recursive: true, force: true });
});

test('every file in a room has a name from the closed vocabulary', () => {
  expect(inRooms.length).toBeGreaterThan(10);
  expect(inRooms.map(outOfVocabulary).filter(Boolean)).toEqual([]);
});

test('a drawer, a stranger among the rooms and a repository class are noticed', () => {
  expect(outOfVocabulary('src/modules/places/utils.ts')).toContain('not in the vocabulary');
  expect(outOfVocabulary('src/modules/places/helpers/model.ts')).toContain("'helpers'");
  expect(outOfVocabulary('src/modules/facilities/model.ts')).toContain('no room');
  expect(outOfVocabulary('src/modules/places/views/card.svelte')).toContain('not in the vocabulary');
  expect(outOfVocabulary('src/modules/initiatives/relations/commands/confirm-relation.server.ts')).toBeNull();
});

test('no file or folder has a name that says nothing about the field', () => {
  const named = code.filter(
    (file) => file.startsWith('src/') || file.startsWith('tests/') || file.startsWith('bench/'),
  );
  expect(named.filter((file) => emptyWordIn(file) !== null)).toEqual([]);
  expect(emptyWordIn('src/ui/helpers.ts')).toBe('helpers.ts');
  expect(emptyWordIn('src/modules/places/index.ts')).toBe('index.ts');
});

test('no file of code is longer than 300 lines', () => {
  expect(code.filter((file) => linesOf(textOf(file)) > 300)).toEqual([]);
});

test('every door stays thin: at most 80 lines', () => {
  const routes = house.filter((file) => /^src\/routes\/.*\.(ts|svelte)$/.test(file));
  expect(routes.filter((file) => linesOf(textOf(file)) > 80)).toEqual([]);
});

test('every door says who may come through it, and no policy is kept for a door that is gone', async () => {
  const ways = await waysUnder('.');
  expect(ways.length).toBeGreaterThan(0);
  expect(undeclared(ways, doors)).toEqual([]);
  expect(doorsToNowhere(ways, doors)).toEqual([]);
  for (const door of Object.values(doors)) {
    for (const who of Object.values(door)) expect(who.admits, who.name).toBeTypeOf('function');
  }
});

test('a house with an undeclared door is not built', async () => {
  const root = await aHouseWith({
    'src/doors.ts': `export const doors = { '/tables': { GET: 1 }, '/gone': { GET: 1 } };`,
    'src/routes/tables/+page.svelte': '<p></p>',
    'src/routes/tables/+page.server.ts': 'export const actions = {};',
    'src/routes/(team)/seats/+server.ts':
      'const GET = () => 1;\nexport { GET };\nexport async function DELETE() {}',
    'src/routes/any/+server.ts': 'export const fallback = () => 1;',
  });
  const build = everyDoorDeclared(root).buildStart();
  await expect(build).rejects.toThrow(`src/routes/tables/+page.server.ts opens '/tables' by POST`);
  await expect(build).rejects.toThrow(`'/(team)/seats' by GET`);
  await expect(build).rejects.toThrow(`'/(team)/seats' by DELETE`);
  await expect(build).rejects.toThrow('answers every method');
  expect(doorsToNowhere(await waysUnder(root), { '/gone': { GET: 1 } })).toEqual(['/gone GET']);
});

test('a house whose doors are all declared is built', async () => {
  const root = await aHouseWith({
    'src/doors.ts': `export const doors = { '/': { GET: 1, POST: 1 } };`,
    'src/routes/+page.svelte': '<p></p>',
    'src/routes/+page.server.ts': 'export const load = () => ({});\nexport const actions = {};',
  });
  await expect(everyDoorDeclared(root).buildStart()).resolves.toBeUndefined();
});

test('every exported deed works in a viewer’s transaction and asks who may', () => {
  const deeds = inRooms.filter((file) => /\/commands(\.server|\/[a-z0-9-]+\.server)\.ts$/.test(file));
  expect(deeds.flatMap((file) => deedsWithoutAccess(file, textOf(file)))).toEqual([]);
});

test('a deed that forgot its transaction or forgot to ask is noticed', () => {
  const careless = `import { maySee } from './access.ts';
    import { insistOnOperator, insistOnVisitor } from '#platform/access.server.ts';
    import type { Operator } from '#platform/viewer.ts';
    export async function closeTable(id: string) { maySee(id); }
    export const openTable = async (tx: Tx, id: string) => id;
    export async function takeSeat(tx: Tx, seat: Seat) { if (!maySee(seat)) return; }
    export async function layPlank(tx: Tx) { await insistOnOperator(tx); }
    export async function closeHouse(tx: Tx, who: Operator) {}
    export async function foolHouse(tx: Tx) { await insistOnVisitor(tx); }
    async function inside() {}`;
  expect(deedsWithoutAccess('commands.server.ts', careless)).toEqual([
    expect.stringContaining('closeTable works outside'),
    expect.stringContaining('openTable does not ask'),
    expect.stringContaining('foolHouse does not ask'),
  ]);
});

test('the scripts of package.json run every check of the house', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const check of [
    'svelte-kit sync',
    'svelte-check --fail-on-warnings',
    'eslint .',
    'depcruise',
    'knip',
    'prettier --check',
  ]) {
    expect(scripts.check).toContain(check);
  }
});
