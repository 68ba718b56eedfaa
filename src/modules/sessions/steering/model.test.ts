import { expect, test } from 'vitest';
import { statementStandings } from '../model.ts';
import { parseModerating } from './input.ts';
import { afterModerating, dealt, groupsOf, nextDeed, onWall } from './model.ts';
import { parseCard, parseCardStones, parseWritten } from './paper/input.ts';
import { stepForPaper } from './paper/model.ts';

const form = (fields: Record<string, string>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
};
const key = '00000000-0000-4000-8000-000000000001';
const step = (position: number, state: 'waiting' | 'open' | 'done') => ({ position, state });

test('what its author took back stays taken back, whatever who leads does', () => {
  for (const deed of ['hold', 'protect', 'merge', 'give-back'] as const)
    expect(afterModerating('withdrawn', deed).ok).toBe(false);
});

test('whatever is held, protected or joined can be given back', () => {
  for (const standing of statementStandings)
    expect(afterModerating(standing, 'give-back').ok).toBe(
      ['held', 'protected', 'merged'].includes(standing),
    );
});

test('there is one way on from wherever a session stands', () => {
  const steps = [step(1, 'done'), step(2, 'open'), step(3, 'waiting')];
  expect(nextDeed('preparing', steps)).toEqual({ deed: 'open-lobby' });
  expect(nextDeed('lobby', steps)).toEqual({ deed: 'begin' });
  expect(nextDeed('live', steps)).toEqual({ deed: 'open-step', position: 3 });
  expect(nextDeed('live', [step(1, 'waiting'), step(2, 'open')])).toEqual({ deed: 'open-step', position: 1 });
  expect(nextDeed('live', [step(1, 'open')])).toEqual({ deed: 'close' });
  expect(nextDeed('paused', steps)).toEqual({ deed: 'go-on' });
  expect(nextDeed('closed', steps)).toBeNull();
});

test('groups differ by one at most, and who shares a phone sits together', () => {
  const people = [
    ...Array.from({ length: 3 }, (_, at) => ({ id: `shared${at}`, phone: 'shared' })),
    ...Array.from({ length: 8 }, (_, at) => ({ id: `own${at}`, phone: `own${at}` })),
  ];
  for (let seed = 0; seed < 50; seed++) {
    let drawn = seed;
    const draw = () => (drawn = (drawn * 48271 + 11) % 2147483647) / 2147483647;
    const seats = dealt(people, groupsOf(people.length, 4), draw);
    const sizes = [...Map.groupBy(seats.values(), (number) => number).values()].map((all) => all.length);
    expect(seats.size).toBe(11);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(new Set(['shared0', 'shared1', 'shared2'].map((id) => seats.get(id))).size).toBe(1);
  }
});

test('there is always a group, and never one for each of a thousand', () => {
  expect([groupsOf(0, 4), groupsOf(3, 4), groupsOf(10, 4), groupsOf(1000, 2)]).toEqual([1, 1, 3, 60]);
});

test('the number of a card is read in the digits people write', () => {
  for (const card of ['12', '١٢', '۱۲', ' 12 '])
    expect(parseCard(form({ card, [`vote-${key}`]: 'agree' }))).toMatchObject({ value: { card: 12 } });
  for (const card of ['', '0', '10000', 'twaalf', '-1'])
    expect(parseCard(form({ card, [`vote-${key}`]: 'agree' }))).toMatchObject({
      reason: 'methods.paper.problem.card',
    });
  expect(parseCard(form({ card: '1', [`vote-${key}`]: 'maybe' }))).toMatchObject({
    reason: 'methods.paper.problem.nothing',
  });
});

test('a card with more than three stones is not taken', () => {
  const other = key.replace(/1$/, '2');
  expect(parseCardStones(form({ card: '1', [`stones-${key}`]: '3', [`stones-${other}`]: '1' })).ok).toBe(
    false,
  );
  expect(parseCardStones(form({ card: '1', [`stones-${key}`]: '2', [`stones-${other}`]: '1' })).ok).toBe(
    true,
  );
});

test('a statement from paper goes where the room is, or was last', () => {
  const steps = [
    { position: 1, kind: 'statements', state: 'done' },
    { position: 2, kind: 'landscape', state: 'open' },
    { position: 3, kind: 'harvest', state: 'waiting' },
  ] as const;
  expect(stepForPaper(steps)).toMatchObject({ value: { position: 1, form: 'statement' } });
  expect(stepForPaper([{ position: 1, kind: 'vote', state: 'waiting' }])).toMatchObject({
    reason: 'not_now',
  });
  expect(parseWritten(form({ text: '  Meer   fietsles. ', language: 'xx9' }))).toMatchObject({
    value: { text: 'Meer fietsles.', language: 'nl' },
  });
});

test('own words go before a reason of the house', () => {
  expect(parseModerating(form({ deed: 'hold', offered: 'hurts', why: '' }))?.why).toBe('methods.why.hurts');
  expect(parseModerating(form({ deed: 'hold', offered: 'hurts', why: 'Te hard.' }))?.why).toBe('Te hard.');
  expect(parseModerating(form({ deed: 'delete' }))).toBeNull();
});

test('who votes on paper finds every statement by its number on the wall, and no check-in ever stands there', () => {
  const said = Array.from({ length: 20 }, (_, at) => ({ form: 'statement' as const, number: at + 1 }));
  expect(onWall(said, 'vote')).toHaveLength(20);
  expect(onWall(said, 'statements').map(({ number }) => number)).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
  expect(onWall(said, 'harvest')).toEqual([]);
  expect(onWall(said, undefined)).toEqual([]);
});
