import { expect, test } from 'vitest';
import { inTree, stretches, whereSaid, type Code } from './model.ts';

const aCode = (id: string, parent: string | null, place = 0): Code => ({
  ...{ id, guid: id, parent, name: id, definition: '', isCodable: true, colour: null, place },
});

test('codes stand under the one they are a kind of, in their order, and none is lost', () => {
  const codes = [
    aCode('c', 'a', 1),
    aCode('b', 'a', 0),
    aCode('d', 'c'),
    aCode('a', null),
    aCode('e', 'not here'),
  ];
  const told = inTree(codes).map(({ id, depth, path }) => `${id} ${String(depth)} ${path.join('/')}`);
  expect(told).toEqual(['a 0 a', 'b 1 a/b', 'c 1 a/c', 'd 2 a/c/d', 'e 0 e']);
});

test('words that were pasted are found where they stand, whatever white space came along', () => {
  const text = 'Ik kwam 😀 in de winter.\nEn de winter (bleef) [nog].';
  const said = (words: string, nth?: number) => {
    const found = whereSaid(text, words, nth);
    return found && [found.start, text.slice(found.start, found.end)];
  };
  expect(said(' in  de\nwinter ')).toEqual([11, 'in de winter']);
  expect(said('de winter', 2)).toEqual([28, 'de winter']);
  expect(said('(bleef) [nog].')).toEqual([38, '(bleef) [nog].']);
  expect(said('winter.\nEn')).toEqual([17, 'winter.\nEn']);
  expect([said('zomer'), said('  '), said('winter', 3)]).toEqual([null, null, null]);
});

test('a block cut at its passages is the same words, each piece with the passages it lies in', () => {
  const ada = { start: 3, end: 7 };
  const ben = { start: 5, end: 9 };
  const cut = stretches('Ik bleef hier.', [ada, ben]);
  expect(cut.map(({ text, in: within }) => [text, within.length])).toEqual([
    ['Ik ', 0],
    ['bl', 1],
    ['ee', 2],
    ['f ', 1],
    ['hier.', 0],
  ]);
  expect(stretches('', []).map(({ text }) => text)).toEqual([]);
});
