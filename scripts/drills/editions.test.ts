import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { walkKeptEditions } from './editions/kept.ts';
import { walkEditionRules } from './editions/rules.ts';

ownDatabase();

test('every quote that goes out is byte-equal to a version its voice consented to: 1,000 random sequences on the rules', () => {
  const walked = walkEditionRules(1_000, 7);
  expect(walked.disagreements).toEqual([]);
  for (const deed of ['edit', 'say', 'lay', 'answer', 'take-back', 'release'])
    expect(walked.reached[deed], deed).toBeGreaterThan(100);
  expect(walked.quotes).toBeGreaterThan(2_000);
});

test('the walk finds a rule that lets a voice stay after its consent ended', () => {
  expect(walkEditionRules(300, 7, (edition) => edition).disagreements.length).toBeGreaterThan(0);
});

test('the database sends out what the rules say and nothing else: 15 random sequences, read as anyone reads', async () => {
  const walked = await walkKeptEditions(15, 7);
  expect(walked.disagreements).toEqual([]);
  expect(walked.quotes).toBeGreaterThan(20);
});
