import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { afterDeed } from '../../src/modules/agendas/model.ts';
import { ok } from '../../src/platform/result.ts';
import { walkKeptPromises } from './promises/kept.ts';
import { walkPromiseRules } from './promises/rules.ts';

ownDatabase();

test('a promise goes the ways of its page and no other: 5,000 random sequences on the rules', async () => {
  const walked = await walkPromiseRules(5_000, 7);
  expect(walked.disagreements).toEqual([]);
  for (const state of ['underway', 'paused', 'done', 'let-go', 'withdrawn'])
    expect(walked.reached[state], state).toBeGreaterThan(100);
});

test('the walk finds a rule that takes up again what was withdrawn', async () => {
  const walked = await walkPromiseRules(2_000, 7, (state, deed) =>
    state === 'withdrawn' && deed === 'take-up' ? ok('underway') : afterDeed(state, deed),
  );
  expect(walked.disagreements.length).toBeGreaterThan(0);
});

test('the database agrees with the page, also with who writes past the deeds: 25 random promises', async () => {
  const walked = await walkKeptPromises(25, 7);
  expect(walked.disagreements).toEqual([]);
  expect(walked.deeds - walked.refused).toBeGreaterThan(50);
});
