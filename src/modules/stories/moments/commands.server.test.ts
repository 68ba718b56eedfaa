import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { tieMoments, untieMoment } from './commands.server.ts';
import { momentsOf } from './queries.server.ts';

ownDatabase();
const facts: Record<string, string> = {};
const ids: Record<string, string> = {};
let editor: Viewer;
let keeperOfOne: Viewer;

beforeAll(async () => {
  await layField(aField(['noord', 'zuid', 'oost'].map((id, at) => ({ id, name: id, startYear: 2016 + at }))));
  const { rows } = await withViewer(visitor, (tx) =>
    sql<{ id: string; slug: string; fact: string }>`select i.id, i.slug, e.fact from pub.initiative i
      join pub.life_event e on e.initiative_id = i.id and e.kind = 'founded'`.execute(tx),
  );
  for (const { id, slug, fact } of rows) {
    facts[slug] = fact;
    ids[slug] = id;
  }
  editor = await aPerson('Redactie', [{ role: 'editor' }]);
  keeperOfOne = await aPerson('Lid', [
    { role: 'member', scope: { kind: 'initiative', id: ids.noord ?? '' } },
  ]);
});

const names = (slug: string) =>
  withViewer(visitor, async (tx) =>
    (await momentsOf(tx, [ids[slug] ?? ''], 'nl')).map((moment) =>
      moment.facts.map(({ initiative }) => initiative.name),
    ),
  );
const tie = (viewer: Viewer, one: string, other: string) =>
  withViewer(viewer, (tx) => tieMoments(tx, facts[one] ?? '', facts[other] ?? ''));

test('who may change only one of two initiatives does not tie their moments', async () => {
  expect(await tie(keeperOfOne, 'noord', 'zuid')).toMatchObject({ ok: false, reason: 'not_yours' });
  expect(await names('noord')).toEqual([['noord']]);
});

test('a moment is not tied to itself, nor to what nobody may see', async () => {
  expect(await tie(editor, 'noord', 'noord')).toMatchObject({ reason: 'choose' });
  expect(await tie(editor, 'noord', 'nergens')).toMatchObject({ reason: 'choose' });
});

test('tied moments stand once on either side with both dates, a third joins them, and each can leave again', async () => {
  expect(await tie(editor, 'noord', 'zuid')).toMatchObject({ ok: true });
  expect(await names('noord')).toEqual([['noord', 'zuid']]);
  expect(await names('zuid')).toEqual([['noord', 'zuid']]);
  expect(await tie(editor, 'oost', 'zuid')).toMatchObject({ ok: true });
  expect(await names('noord')).toEqual([['noord', 'zuid', 'oost']]);
  expect(await withViewer(keeperOfOne, (tx) => untieMoment(tx, facts.zuid ?? ''))).toMatchObject({
    ok: false,
  });
  expect(await withViewer(keeperOfOne, (tx) => untieMoment(tx, facts.noord ?? ''))).toMatchObject({
    ok: true,
  });
  expect(await names('noord')).toEqual([['noord']]);
  expect(await names('zuid')).toEqual([['zuid', 'oost']]);
});
