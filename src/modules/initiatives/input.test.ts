import { expect, test } from 'vitest';
import { parseWish } from './input.ts';

const read = (query: string) => parseWish(new URLSearchParams(query), '2026-11-21');

test('what is asked comes through, one or several at a time', () => {
  const { wish, problems } = read(
    'q=taal&near=Arnhem&phase=landing&phase=arrival&theme=work,housing&asOf=2016&page=2',
  );
  expect(problems).toEqual([]);
  expect(wish).toMatchObject({
    q: 'taal',
    near: 'Arnhem',
    within: 25,
    phase: ['landing', 'arrival'],
    theme: ['work', 'housing'],
    asOf: '2016-12-31',
    page: 2,
  });
});

test.each([
  ['phase=flying', 'phase', 'unknown_value'],
  ['asOf=2016-02-30', 'asOf', 'not_a_day'],
  ['asOf=yesterday', 'asOf', 'not_a_day'],
  ['page=1000000000', 'page', 'not_a_number'],
  ['page=-1', 'page', 'not_a_number'],
  ['within=0', 'within', 'not_a_number'],
  ['q=%00', 'q', 'unreadable'],
  ['q=%E2%80%AEsecret', 'q', 'unreadable'],
  [`q=${'a'.repeat(401)}`, 'q', 'too_long'],
  [`near=${'a'.repeat(101)}`, 'near', 'too_long'],
  ['near=%00', 'near', 'unreadable'],
  ["language=' or 1=1", 'language', 'not_a_language'],
  ['sort=name', 'sort', 'unknown_parameter'],
])('%s is told and falls away', (query, name, reason) => {
  const { wish, problems } = read(query);
  expect(problems.map((problem) => [problem.name, problem.reason])).toEqual([[name, reason]]);
  expect(wish).toMatchObject({
    q: '',
    near: '',
    phase: [],
    language: [],
    asOf: '2026-11-21',
    page: 1,
    within: 25,
  });
});

test('every wrong parameter is told at once', () => {
  expect(read('phase=x&theme=y&asOf=z&page=0').problems.map((problem) => problem.name)).toEqual([
    'phase',
    'theme',
    'asOf',
    'page',
  ]);
});
