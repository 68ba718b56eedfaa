import { expect, test } from 'vitest';
import { parseStone } from './input.ts';
import {
  calledHere,
  laidSo,
  orderFor,
  standingOf,
  wordsFor,
  type PersonHere,
  type RoomSeen,
} from './model.ts';

const person = (state: PersonHere['state'], called: string | null = null): PersonHere => ({
  id: `${state}-${called}`,
  called,
  role: null,
  state,
  helps: false,
});
const standing = (state: RoomSeen['state'], people: readonly PersonHere[], step = false) =>
  standingOf({
    state,
    onPhone: people,
    who: people.find((each) => each.state === 'in') ?? null,
    step: step ? ({ kind: 'vote' } as RoomSeen['step']) : null,
  });

test('words are read in one’s own language first, then the one beside it, and else as they were written', () => {
  const words = { uk: 'Робота', nl: 'Werk', ti: 'ስራሕ' };
  expect(wordsFor(words, ['uk', 'nl'])).toEqual({ text: 'Робота', language: 'uk' });
  expect(wordsFor(words, ['ar', 'ti'])).toEqual({ text: 'ስራሕ', language: 'ti' });
  expect(wordsFor({ ti: 'ስራሕ' }, ['ar', null])).toEqual({ text: 'ስራሕ', language: 'ti' });
  expect(wordsFor({}, ['nl'])).toBeNull();
});

test('who is not in sees where they stand, and nothing of the room', () => {
  expect(standing('live', [person('waiting')], true)).toBe('waiting');
  expect(standing('live', [person('out')], true)).toBe('out');
  expect(standing('live', [person('turned-away')], true)).toBe('away');
  expect(standing('live', [person('out'), person('waiting')], true)).toBe('waiting');
});

test('who is in sees the step, and when there is none that there is a moment of rest', () => {
  const here = [person('in')];
  expect(standing('lobby', here)).toBe('lobby');
  expect(standing('live', here, true)).toBe('step');
  expect(standing('live', here)).toBe('between');
  expect(standing('paused', here, true)).toBe('paused');
  expect(standing('closed', here)).toBe('over');
  expect(standing('called-off', here)).toBe('called-off');
});

test('a button of the stones says how many lie there from now on, so that pressing twice over a bad line lays one', () => {
  const [one, other] = ['0190a0a0-0000-7000-8000-000000000001', '0190a0a0-0000-7000-8000-000000000002'];
  const form = new FormData();
  form.set('lay', `${one}:2`);
  const stone = parseStone(form);
  expect(stone).toEqual({ issue: one, stones: 2 });
  if (!stone) return;
  const before = [{ issue: other, stones: 1 }];
  const once = laidSo(before, stone);
  expect(laidSo(once, stone)).toEqual(once);
  expect(laidSo(once, { issue: one, stones: 0 })).toEqual(before);
  for (const odd of ['', 'x', `${one}:4`, `${one}:-1`, `${one}:`, `${one}`]) {
    form.set('lay', odd);
    expect(parseStone(form)).toBeNull();
  }
});

test('everyone meets the statements in an order of their own, and what few people saw comes sooner', () => {
  const statements = Array.from({ length: 30 }, (_each, at) => ({ id: `s${at}`, number: at + 1 }));
  const seen = Object.fromEntries(statements.map(({ number }) => [number, number <= 15 ? 100 : 0]));
  const one = orderFor('one', statements, seen);
  expect(orderFor('one', statements, seen)).toEqual(one);
  expect(orderFor('two', statements, seen)).not.toEqual(one);
  expect(new Set(one)).toEqual(new Set(statements));
  const people = Array.from({ length: 400 }, (_each, at) => `person ${at}`);
  const first = people.map((who) => orderFor(who, statements, seen)[0]?.number ?? 0);
  // Nine times the chance: 15 x 9 / (15 x 9 + 15 x 1).
  expect(first.filter((number) => number > 15).length / people.length).toBeCloseTo(0.9, 1);
  expect(new Set(first).size).toBeGreaterThan(15);
});

test('who said no name has a number on their own phone only', () => {
  const onPhone = [person('in', 'Amina'), person('in')];
  const named = (id: string) => calledHere({ onPhone }, id, (number) => `Persoon ${number}`);
  expect(named('in-Amina')).toBe('Amina');
  expect(named('in-null')).toBe('Persoon 2');
});
