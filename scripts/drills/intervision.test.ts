import { expect, test } from 'vitest';
import { afterDeed, circleSteps } from '../../src/modules/learning/intervision/model.ts';
import { ok } from '../../src/platform/result.ts';
import { ownDatabase } from '../../tests/support/database.ts';
import { walkCircleRules, walkCircles } from './intervision/circles.ts';

ownDatabase();

test('a circle goes the ways of its page and no other: 3,000 random sequences on its steps and 3,000 of phones with their roles', async () => {
  expect((await walkCircleRules(3_000, 7)).disagreements).toEqual([]);
  const walked = await walkCircles(3_000, 7, 'paper');
  expect(walked.disagreements).toEqual([]);
  for (const step of circleSteps) expect(walked.reached[step], step).toBeGreaterThan(100);
});

test('the walk finds a rule that skips the silence', async () => {
  const walked = await walkCircleRules(1_000, 7, (step, deed) =>
    step === 'asking' && deed === 'next' ? ok('thinking-aloud') : afterDeed(step, deed),
  );
  expect(walked.disagreements.length).toBeGreaterThan(0);
});

test('sealed in the database a circle goes the same ways: 12 random circles', async () => {
  const walked = await walkCircles(12, 7, 'postgres');
  expect(walked.disagreements).toEqual([]);
  expect(walked.deeds - walked.refused).toBeGreaterThan(30);
});
