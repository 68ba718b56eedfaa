import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { aField, layField } from '../../src/modules/initiatives/testing.ts';
import { afterSeatDeed } from '../../src/modules/tables/model.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { ok } from '../../src/platform/result.ts';
import { visitor } from '../../src/platform/viewer.ts';
import { walkKeptSeats } from './seats/kept.ts';
import { walkSeatRules } from './seats/rules.ts';

ownDatabase();
let entry = { id: '', slug: '' };

beforeAll(async () => {
  await layField(aField([{ id: 'taalcafe', name: 'Taalcafé' }]));
  entry = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.initiative').select(['id', 'slug']).executeTakeFirstOrThrow(),
  );
});

test('a seat goes the ways of its page and no other: 5,000 random sequences on the rules', async () => {
  const walked = await walkSeatRules(5_000, 7);
  expect(walked.disagreements).toEqual([]);
  for (const state of ['offered', 'taken', 'left', 'put-away'])
    expect(walked.reached[state], state).toBeGreaterThan(100);
});

test('the walk finds a rule that lets who left sit down again', async () => {
  const walked = await walkSeatRules(2_000, 7, (state, deed) => {
    if (state === 'left' && deed === 'take') return ok('taken');
    const after = afterSeatDeed(state, deed, 'keeper', 'Daarom.');
    return after.ok ? ok(after.value.state) : after;
  });
  expect(walked.disagreements.length).toBeGreaterThan(0);
});

test('the database agrees with the page, also with who writes past the deeds, and the street with both: 40 random seats', async () => {
  const walked = await walkKeptSeats(40, 7, entry);
  expect(walked.disagreements).toEqual([]);
  expect(walked.deeds - walked.refused).toBeGreaterThan(80);
});
