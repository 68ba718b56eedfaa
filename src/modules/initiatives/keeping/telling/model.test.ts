import { expect, test } from 'vitest';
import { periodsOf, whatCounts, type LifeEvent, type Shape } from '../../model.ts';
import type { HeldEvent, Since, Voice } from '../model.ts';
import { beginningTold, planOf, type Plan, type Telling } from './model.ts';

const today = '2026-11-22';
const shape: Shape = {
  name: 'Brug',
  kind: 'initiative',
  formality: null,
  ledBy: 'for',
  scope: null,
  phases: ['landing'],
  themes: ['work'],
  audiences: [],
  languages: [],
};
const event = (fact: string, told: Partial<HeldEvent>): HeldEvent => ({
  ...{ fact, kind: 'changed', day: null, precision: 'unknown', change: {} },
  ...{ saidBy: 'public-sources', insteadOf: null, sources: [] },
  ...told,
});
const founded = event('f', { kind: 'founded', day: '2016-01-01', precision: 'year' });
const renamed = event('r', {
  kind: 'renamed',
  day: '2018-01-01',
  precision: 'year',
  change: { name: 'Pont' },
});
const year = (day: string): Since => ({ kind: 'day', day: `${day}-01-01`, precision: 'year' });

/** The periods after a plan is carried out, as days and one part of the shape. */
function after(held: readonly HeldEvent[], plan: Plan, voice: Voice, part: keyof Shape) {
  const laid = (telling: Telling, at: number): HeldEvent => ({
    ...telling,
    fact: telling.of?.fact ?? `new-${at}`,
    saidBy: voice,
  });
  const stay = held.filter((each) => !plan.tellings.some(({ of }) => of === each));
  const all: LifeEvent[] = whatCounts([...stay, ...plan.tellings.map(laid)]);
  return periodsOf(all, { ...shape, ...plan.atFirst }).map((period) => [period.from, period.shape[part]]);
}

test('a change since a day is an event of that day, and what came before it stays', () => {
  const plan = planOf([founded], { themes: ['language'] }, year('2020'), 'own', today);
  expect(after([founded], plan, 'own', 'themes')).toEqual([
    ['2016-01-01', ['work']],
    ['2020-01-01', ['language']],
  ]);
});

test('a new name is an event of its own kind', () => {
  const plan = planOf([founded], { name: 'Pont', ledBy: 'together' }, year('2020'), 'own', today);
  expect(plan.tellings.map(({ kind, change }) => [kind, change])).toEqual([
    ['renamed', { name: 'Pont' }],
    ['changed', { ledBy: 'together' }],
  ]);
});

test('what was wrong from the start is corrected at the start, without an event', () => {
  const plan = planOf([founded], { themes: ['language'] }, { kind: 'wrong' }, 'own', today);
  expect(plan).toEqual({ tellings: [], atFirst: { themes: ['language'] } });
});

test('a wrong name since a renaming is corrected from the renaming on, and the older name stays', () => {
  const held = [founded, renamed];
  const plan = planOf(held, { name: 'Pontje' }, { kind: 'wrong' }, 'own', today);
  expect(plan.tellings[0]).toMatchObject({ of: null, insteadOf: 'r', kind: 'renamed', day: '2018-01-01' });
  expect(after(held, plan, 'own', 'name')).toEqual([
    ['2016-01-01', 'Brug'],
    ['2018-01-01', 'Pontje'],
  ]);
});

test('one’s own telling is corrected itself, so that the fact stays one fact', () => {
  const own = { ...renamed, saidBy: 'own', insteadOf: 'x' };
  const plan = planOf([founded, own], { name: 'Pontje' }, { kind: 'wrong' }, 'own', today);
  expect(plan.tellings).toEqual([
    expect.objectContaining({ of: own, insteadOf: 'x', change: { name: 'Pontje' } }),
  ]);
});

test('a change since an earlier day is not undone by what was told from a later one', () => {
  const held = [founded, renamed];
  const plan = planOf(held, { name: 'Veer' }, year('2017'), 'own', today);
  expect(after(held, plan, 'own', 'name').at(-1)).toEqual(['2017-01-01', 'Veer']);
});

test('a verifier does not speak over the initiative: what it told stays, and changes from today on', () => {
  const own = { ...renamed, saidBy: 'own' };
  const plan = planOf([founded, own], { name: 'Veer' }, { kind: 'wrong' }, 'verifier', today);
  expect(after([founded, own], plan, 'verifier', 'name')).toEqual([
    ['2016-01-01', 'Brug'],
    ['2018-01-01', 'Pont'],
    [today, 'Veer'],
  ]);
});

test('when it began is told beside what others say, also that nobody knows', () => {
  expect(beginningTold([founded], { day: '2014-01-01', precision: 'around' }, 'own')).toMatchObject({
    ...{ kind: 'founded', day: '2014-01-01', precision: 'around', of: null, insteadOf: 'f' },
  });
  expect(beginningTold([founded], null, 'own')).toMatchObject({ kind: 'noticed', day: null, insteadOf: 'f' });
  expect(beginningTold([], null, 'own')).toMatchObject({ kind: 'noticed', of: null, insteadOf: null });
});
