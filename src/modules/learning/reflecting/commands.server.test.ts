import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../../people/access.ts';
import { belongingsOf } from '../../people/export/queries.server.ts';
import { aPerson } from '../../people/testing.ts';
import { reflect, throwAway } from './commands.server.ts';
import { parsePrompt, parseWords } from './input.ts';
import { atPrompt, prompts } from './model.ts';
import { myReflections } from './queries.server.ts';

ownDatabase();
const self = (viewer: Viewer) => oneself(viewer) ?? { person: '' };
const power = { facing: 'internal', about: 'power' } as const;
const write = (viewer: Viewer, words: string, prompt: Parameters<typeof reflect>[2] = power) =>
  withViewer(viewer, (tx) => reflect(tx, self(viewer), prompt, 'nl', words));
const mine = (viewer: Viewer) => withViewer(viewer, (tx) => myReflections(tx));

test('what someone wrote stands beside what they wrote at the same question before, in the order of the years', async () => {
  const me = await aPerson('Amina');
  await write(me, 'Ik besliste voor haar.');
  await withViewer(house, (tx) =>
    sql`update core.reflection set written_on = '2025-03-01' where person_id = ${me.id}`.execute(tx),
  );
  await write(me, 'Nu vroeg ik het eerst.');
  await write(me, 'Iets anders.', { facing: 'external', about: 'power' });
  expect(atPrompt(await mine(me), power).map(({ words }) => words)).toEqual([
    'Ik besliste voor haar.',
    'Nu vroeg ik het eerst.',
  ]);
});

test('nobody else reads it, at no desk and not at the terminal; in one’s own export it stands wholly', async () => {
  const me = await aPerson('Amina');
  await write(me, 'kanarie in de mijn');
  for (const other of [
    await aPerson('Bram'),
    await aPerson('Ada', [{ role: 'admin' }, { role: 'privacy-officer' }]),
    await aPerson('Noor', [{ role: 'facilitator' }, { role: 'editor' }]),
    operator,
  ])
    expect(await mine(other)).toEqual([]);
  expect(JSON.stringify(await belongingsOf(self(me)))).toContain('kanarie in de mijn');
  expect(JSON.stringify(await belongingsOf(self(await aPerson('Bram'))))).not.toContain('kanarie');
});

test('it is thrown away by who wrote it and by nobody else', async () => {
  const [me, other] = [await aPerson('Amina'), await aPerson('Bram')];
  await write(me, 'Weg ermee.');
  const id = (await mine(me))[0]?.id ?? '';
  await withViewer(other, (tx) => throwAway(tx, self(other), id));
  expect(await mine(me)).toHaveLength(1);
  await withViewer(me, (tx) => throwAway(tx, self(me), id));
  expect(await mine(me)).toEqual([]);
});

test('nothing and too much are not kept, and the reason says what to do', async () => {
  const me = await aPerson('Amina');
  expect(await write(me, '')).toEqual(refused('empty'));
  expect(await write(me, 'a'.repeat(5_001))).toEqual(refused('too-long', { longest: 5_000 }));
  expect(await mine(me)).toEqual([]);
});

test('a form names one of the eight questions, and its words lose only what cannot be seen', () => {
  expect(prompts).toHaveLength(8);
  expect(parsePrompt('external-help')).toEqual({ facing: 'external', about: 'help' });
  expect(parsePrompt('external-')).toBeNull();
  const form = new FormData();
  form.set('words', ' Eén\u0000 regel\r\n\r\n\r\n\r\nen \u202eéén ');
  expect(parseWords(form)).toBe('Eén  regel\n\nen  één');
});
