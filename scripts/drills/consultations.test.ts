import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { afterDeed } from '../../src/modules/pools/advising/model.ts';
import { ok } from '../../src/platform/result.ts';
import { walkKeptConsultations } from './consultations/kept.ts';
import { walkAdviceRules, walkConsultationRules } from './consultations/rules.ts';

ownDatabase();

test('a consultation and its advice go the ways of their pages and no other: 5,000 random sequences on the rules each', async () => {
  const asked = await walkConsultationRules(5_000, 7);
  const advised = await walkAdviceRules(5_000, 7);
  expect([...asked.disagreements, ...advised.disagreements]).toEqual([]);
  for (const state of ['declined', 'withdrawn', 'underway', 'stopped', 'advised', 'answered', 'followed'])
    expect(asked.reached[state], state).toBeGreaterThan(100);
  for (const state of ['draft', 'before-all', 'agreed', 'handed-over'])
    expect(advised.reached[state], state).toBeGreaterThan(100);
});

test('the walk finds a rule that changes what was handed over', async () => {
  const walked = await walkAdviceRules(2_000, 7, (state, deed) =>
    state === 'handed-over' && deed === 'redraft' ? ok('draft') : afterDeed(state, deed),
  );
  expect(walked.disagreements.length).toBeGreaterThan(0);
});

test('the database agrees with both pages, also with who writes past the deeds, and lays open nothing too early: 12 random consultations', async () => {
  const walked = await walkKeptConsultations(12, 7);
  expect(walked.disagreements).toEqual([]);
  expect(walked.deeds - walked.refused).toBeGreaterThan(40);
});
