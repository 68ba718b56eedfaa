import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aWord } from '../../languages/words/testing.ts';
import { oneself } from '../../people/access.ts';
import { leaveHouse } from '../../people/commands/leave.server.ts';
import { aPerson } from '../../people/testing.ts';
import { circleOf, lookerOf, tellerOf } from '../access.ts';
import { lookAt, takeBackTold } from '../looking/commands.server.ts';
import { toldByMe, waitingToBeSeen } from '../looking/queries.server.ts';
import { aDilemma, aDilemmaWish } from '../testing.ts';
import { layDilemmas } from './bringing/commands.server.ts';
import { parseDilemmas } from './bringing/input.ts';
import { layBeside, tellDilemma, tellPosition } from './commands.server.ts';
import type { PositionWish } from './model.ts';

ownDatabase();

const proof = <Proof>(given: Proof | null): Proof => {
  if (!given) throw new Error('There is no proof.');
  return given;
};
const onTheStreet = (slug: string) =>
  withViewer(visitor, (tx) =>
    tx.selectFrom('pub.dilemma').selectAll().where('slug', '=', slug).executeTakeFirst(),
  );
const fromMyPlace: PositionWish = {
  place: 'een buurvrouw',
  words: 'Ik durf niet te bellen.',
  language: 'nl',
  called: null,
  goesAlong: true,
};
const says = (who: Viewer, slug: string, wish: Partial<PositionWish> = {}) =>
  withViewer(who, (tx) => tellPosition(tx, proof(tellerOf(who)), slug, { ...fromMyPlace, ...wish }));
const opens = (who: Viewer, kind: 'dilemma' | 'position', id: string, why: string | null = null) =>
  withViewer(who, (tx) => lookAt(tx, proof(lookerOf(who)), { kind, id, why }));

test('a dilemma that was told is on no street before somebody else looked, also when an editor told it', async () => {
  const editor = await aPerson('Noor', [{ role: 'editor' }]);
  const other = await aPerson('Bas', [{ role: 'facilitator' }]);
  const { id, slug } = await aDilemma(editor, { waits: true });
  expect(await onTheStreet(slug)).toBeUndefined();
  expect(await opens(editor, 'dilemma', id)).toEqual(refused('learning.refused.not-there'));
  expect((await opens(other, 'dilemma', id)).ok).toBe(true);
  expect(await onTheStreet(slug)).toMatchObject({
    title: { nl: 'Wachten of doen?' },
    called: 'Samira',
    origin: 'told',
  });
  expect(await opens(other, 'dilemma', id)).toEqual(refused('learning.refused.not-there'));
});

test('what is given back carries its reason to who told it, and never reaches the street', async () => {
  const samira = await aPerson('Samira');
  const editor = await aPerson('Noor', [{ role: 'editor' }]);
  const { id, slug } = await aDilemma(samira, { waits: true });
  expect((await withViewer(editor, waitingToBeSeen)).map((told) => told.id)).toContain(id);
  await opens(editor, 'dilemma', id, 'Er staat een naam van iemand anders in.');
  expect(await withViewer(samira, toldByMe)).toMatchObject([
    { id, standing: 'returned', why: 'Er staat een naam van iemand anders in.', mine: true },
  ]);
  expect(await onTheStreet(slug)).toBeUndefined();
});

test('positions stand beside each other in the words of who stands there, and only once somebody looked', async () => {
  const [samira, jan, editor] = [
    await aPerson('Samira'),
    await aPerson('Jan'),
    await aPerson('Noor', [{ role: 'editor' }]),
  ];
  const { slug } = await aDilemma(samira);
  const one = await says(jan, slug);
  const two = await says(samira, slug, {
    place: 'wie het meemaakt',
    called: 'Samira',
    language: 'ar',
    words: 'أريد أن أختار بنفسي.',
  });
  expect((await onTheStreet(slug))?.positions).toEqual([]);
  for (const told of [one, two]) await opens(editor, 'position', told.ok ? told.value.id : '');
  expect((await onTheStreet(slug))?.positions.map(({ place, called }) => [place, called])).toEqual([
    ['een buurvrouw', null],
    ['wie het meemaakt', 'Samira'],
  ]);
  expect(await says(jan, 'is-er-niet')).toEqual(refused('learning.refused.not-there'));
});

test('whoever takes their words back is off the street at once, and nobody takes back those of another', async () => {
  const [samira, jan] = [await aPerson('Samira'), await aPerson('Jan')];
  const { id, slug } = await aDilemma(samira);
  const takes = (who: Viewer) =>
    withViewer(who, (tx) => takeBackTold(tx, proof(oneself(who)), 'dilemma', id));
  expect(await takes(jan)).toEqual(refused('learning.refused.not-there'));
  expect(await onTheStreet(slug)).toBeDefined();
  expect((await takes(samira)).ok).toBe(true);
  expect(await onTheStreet(slug)).toBeUndefined();
});

test('who leaves takes along what they chose to take; the rest stays without their name', async () => {
  const samira = await aPerson('Samira');
  const goes = await aDilemma(samira);
  const stays = await aDilemma(samira, { goesAlong: false });
  const waits = await aDilemma(samira, { goesAlong: false, waits: true });
  await withViewer(samira, (tx) => leaveHouse(tx, proof(oneself(samira))));
  expect(await onTheStreet(goes.slug)).toBeUndefined();
  expect(await onTheStreet(stays.slug)).toMatchObject({ called: null });
  const kept = await withViewer(operator, (tx) =>
    sql<{
      n: number;
    }>`select count(*)::int as n from core.dilemma where told_by = ${samira.id} or id = ${waits.id}`.execute(
      tx,
    ),
  );
  expect(kept.rows).toEqual([{ n: 0 }]);
});

test('a dilemma out of an intervision is nobody’s, and only the house tells it', async () => {
  expect(circleOf(await aPerson('Samira'))).toBeNull();
  const told = await withViewer(house, (tx) =>
    tellDilemma(tx, proof(circleOf(house)), aDilemmaWish({ called: null })),
  );
  const editor = await aPerson('Noor', [{ role: 'editor' }]);
  await opens(editor, 'dilemma', told.id);
  expect(await onTheStreet(told.slug)).toMatchObject({ origin: 'circle', called: null });
});

test('only what anyone may read is laid beside a dilemma', async () => {
  const [samira, editor] = [await aPerson('Samira'), await aPerson('Noor', [{ role: 'editor' }])];
  const { id, slug } = await aDilemma(samira);
  const lays = (kind: 'story' | 'word', word: string) =>
    withViewer(editor, (tx) => layBeside(tx, proof(lookerOf(editor)), id, { kind, slug: word }));
  expect(await lays('story', 'een-geheim-verhaal')).toEqual(refused('learning.refused.not-there'));
  expect(await lays('word', 'inburgeren')).toEqual(refused('learning.refused.not-there'));
  await aWord('inburgeren', [{ register: 'policy', term: 'inburgeren' }]);
  expect((await lays('word', 'inburgeren')).ok).toBe(true);
  expect((await onTheStreet(slug))?.links).toEqual([{ kind: 'word', slug: 'inburgeren' }]);
});

test('all dilemmas of db/field are laid in two languages, and laying them again changes nothing and keeps their positions', async () => {
  const read = parseDilemmas(await readFile('db/field/dilemmas.json', 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(read.dilemmas.length).toBeGreaterThanOrEqual(32);
  const lay = () => withViewer(operator, (tx) => layDilemmas(tx, read.dilemmas));
  expect(await lay()).toBe(read.dilemmas.length);
  const jan = await aPerson('Jan');
  const slug = read.dilemmas[0]?.slug ?? '';
  const told = await says(jan, slug);
  await opens(await aPerson('Noor', [{ role: 'editor' }]), 'position', told.ok ? told.value.id : '');
  expect(await lay()).toBe(0);
  const shown = await onTheStreet(slug);
  expect(shown?.positions).toHaveLength(1);
  expect(Object.keys(shown?.title ?? {}).sort()).toEqual(['en', 'nl']);
});

test('a row of dilemmas.json that cannot be taken is told with row, field and reason', () => {
  const row = {
    id: 'Niet Goed',
    title: { nl: 'x' },
    description: { nl: 'x', en: 'x' },
    level: 'both',
    themes: [],
    questions: [],
    source: { file: 'f', passage: 'p' },
  };
  const read = parseDilemmas(JSON.stringify([row]));
  expect(read.ok ? [] : read.problems.map(({ row: at, field, reason }) => [at, field, reason])).toEqual([
    [1, 'id', 'not_a_slug'],
    [1, 'title.en', 'missing'],
    [1, 'level', 'not_allowed'],
  ]);
});
