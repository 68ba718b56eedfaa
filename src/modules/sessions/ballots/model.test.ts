import { expect, test } from 'vitest';
import { parseVote } from './input.ts';
import { canLieSo, wordFor } from './model.ts';

const key = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

test('three stones lie on one issue or on several, never more than three and never on one issue twice', () => {
  expect(canLieSo([])).toBe(true);
  expect(canLieSo([{ issue: key(1), stones: 3 }])).toBe(true);
  expect(canLieSo([1, 2, 3].map((n) => ({ issue: key(n), stones: 1 })))).toBe(true);
  expect(canLieSo([1, 2].map((n) => ({ issue: key(n), stones: 2 })))).toBe(false);
  expect(canLieSo([1, 1].map((n) => ({ issue: key(n), stones: 1 })))).toBe(false);
  for (const stones of [0, -1, 1.5, NaN]) expect(canLieSo([{ issue: key(1), stones }])).toBe(false);
});

test('a vote is who, on what, what and a number; anything else is no vote', () => {
  const vote = { who: key(1).toUpperCase(), statement: key(2), vote: 'disagree', seq: 7 };
  expect(parseVote(vote)).toEqual({ who: key(1), statement: key(2), said: 'disagree', seq: 7 });
  const others = [null, 'vote', [], {}, { ...vote, who: 'Amina' }, { ...vote, statement: undefined }];
  const odd = [
    { vote: 'maybe' },
    { vote: 'constructor' },
    { vote: 1 },
    { seq: -1 },
    { seq: 1.5 },
    { seq: '7' },
    { seq: 2 ** 60 },
  ];
  for (const given of [...others, ...odd.map((part) => ({ ...vote, ...part }))])
    expect(parseVote(given)).toBeNull();
  expect([1, -1, 0].map(wordFor)).toEqual(['agree', 'disagree', 'pass']);
});
