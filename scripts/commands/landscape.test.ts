import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { aRoomOfVotes } from '#modules/sessions/landscape/testing.ts';
import { landscapeOfVotes } from './landscape.ts';

let folder = '';
const [told, complained]: [string[], string[]] = [[], []];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'landscape-'));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});
afterEach(() => {
  told.splice(0);
  complained.splice(0);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const { votes, planted } = aRoomOfVotes({ people: 60, statements: 30, groups: [30, 30], apart: 4, seed: 1 });
const asVotes = `comment-id,voter-id,vote\n${votes.map((one) => `${one.statement},${one.person},${one.vote}`).join('\n')}\n`;
const asGroups = `participant,group-id\n${Object.entries(planted)
  .map((one) => one.join(','))
  .join('\n')}\n`;

test('a file of votes is told as JSON, in the shape that was promised', async () => {
  const given = await file('groups.csv', asGroups);
  expect(await landscapeOfVotes([await file('votes.csv', asVotes), '--groups', given, '--json'])).toBe(0);
  const printed = JSON.parse(told.join('\n')) as Record<string, Record<string, unknown>>;
  expect(Object.keys(printed)).toEqual([
    'participants',
    'statements',
    'votes',
    'counted',
    'groups',
    'representative',
    'groupInformedConsensus',
    'consensus',
    'elapsedMs',
  ]);
  expect(Object.keys(printed.groups ?? {})).toEqual([
    'shown',
    'reason',
    'k',
    'sizes',
    'members',
    'stability',
    'nullRate',
  ]);
  expect(printed).toMatchObject({ participants: 60, statements: 30, counted: votes.length });
  const [first] = printed.representative?.['0'] as Record<string, unknown>[];
  expect(Object.keys(first ?? {})).toEqual([
    'statement',
    'for',
    'agree',
    'seen',
    'p',
    'pTest',
    'repness',
    'repnessTest',
  ]);
});

test('without --json it is told in words', async () => {
  expect(await landscapeOfVotes([await file('votes.csv', asVotes)])).toBe(0);
  expect(told.join('\n')).toMatch(/^60 people, 30 statements, /);
  expect(told.join('\n')).toContain('2 groups of ');
});

test('a wrong row is told with its place and its reason, and the exit code is 2', async () => {
  const wrong = await file('wrong.csv', 'comment-id,voter-id,vote\n1,a,1\n1,b,yes\n');
  expect(await landscapeOfVotes([wrong])).toBe(2);
  expect(complained[0]).toContain(
    "row 3, vote: a vote is 1 (agree), 0 (pass) or -1 (disagree) (found 'yes')",
  );
});

test('wrong words, a file that is not there and a minimum below five are refused with a sentence', async () => {
  const there = await file('votes.csv', asVotes);
  for (const [argv, why] of [
    [[], 'takes one file of votes'],
    [[join(folder, 'none.csv')], 'there is no such file'],
    [[there, '--min-group', '3'], 'a whole number from 5 to 8'],
    [[there, '--colour'], 'Usage: steppingstones landscape'],
  ] as const)
    await expect(landscapeOfVotes([...argv])).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining(why),
    });
});
