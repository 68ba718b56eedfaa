import { expect, test } from 'vitest';
import type { KeptEntry, Typed } from '../../keeping/model.ts';
import { mergeWish, parseMergeForm, whyIn } from './input.ts';
import { differingParts, livesOn, proposedChoices, shapeTaken, stricter } from './model.ts';

const entry = (typed: Typed, more: Partial<KeptEntry> = {}): KeptEntry => ({
  id: 'x',
  slug: 'x',
  name: 'X',
  standing: 'laid',
  state: 'active',
  own: false,
  checked: false,
  confirmedOn: null,
  typed,
  pointShown: false,
  hasPoint: false,
  shape: {
    name: 'X',
    kind: 'initiative',
    formality: null,
    ledBy: 'not-said',
    scope: null,
    phases: [],
    themes: [],
    audiences: [],
    languages: [],
  },
  atFirst: {
    name: 'X',
    kind: 'initiative',
    formality: null,
    ledBy: 'not-said',
    scope: null,
    phases: [],
    themes: [],
    audiences: [],
    languages: [],
  },
  events: [],
  waiting: [],
  told: [],
  ...more,
});
const form = (fields: Record<string, string>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
};

test('only what differs is asked, and what is said is proposed above what is not', () => {
  const one = entry({ name: ['Koor'], website: ['https://koor.nl'], precision: ['town'] });
  const other = entry({ name: ['Koor'], mail: ['a@koor.nl'], precision: ['town'], theme: ['culture'] });
  expect(differingParts(one, other).sort()).toEqual(['mail', 'themes', 'website']);
  expect(proposedChoices(one, other)).toEqual({ mail: 'gone', themes: 'gone', website: 'kept' });
});

test('two exact places that are not shown may differ, so the place is asked', () => {
  const [one, other] = [entry({ place: ['Ede'] }), entry({ place: ['Ede'] })];
  expect(differingParts(one, other)).toEqual([]);
  expect(differingParts({ ...one, hasPoint: true }, other)).toEqual(['place']);
});

test('the one that lives on is the one on the map, then the checked one, then the one that says more', () => {
  const plain = entry({ name: ['Koor'] });
  expect(livesOn(plain, plain)).toBe('one');
  expect(livesOn({ ...plain, standing: 'proposed' }, plain)).toBe('other');
  expect(livesOn(plain, { ...plain, checked: true })).toBe('other');
  expect(livesOn(plain, { ...plain, confirmedOn: '2026-01-01' })).toBe('other');
  expect(livesOn(plain, entry({ name: ['Koor'], website: ['https://koor.nl'] }))).toBe('other');
});

test('of the shape only what was chosen is taken', () => {
  const shape = { ...entry({}).shape, name: 'Ander', formality: 3, themes: ['work' as const] };
  expect(shapeTaken(shape, { formality: 'gone', themes: 'kept', website: 'gone' })).toEqual({ formality: 3 });
});

test('the stricter of two ways to be known wins, whichever comes first', () => {
  for (const [one, other, both] of [
    ['public', 'hidden', 'hidden'],
    ['table', 'network', 'table'],
    ['public', 'public', 'public'],
  ] as const)
    expect([stricter(one, other), stricter(other, one)]).toEqual([both, both]);
});

test('the form says which lives on, and from the other only what was chosen', () => {
  const typed = parseMergeForm(
    form({
      keep: 'other',
      'part-name': 'one',
      'part-website': 'other',
      'part-kept-back': 'one',
      strange: 'one',
      why: ' Zelfde. ',
      keepers: 'yes',
    }),
  );
  expect(mergeWish(typed, { one: 'a', other: 'b' })).toEqual({
    kept: 'b',
    gone: 'a',
    choices: { name: 'gone' },
    why: 'Zelfde.',
    keepers: true,
  });
  expect(parseMergeForm(form({})).keep).toBe('one');
});

test('a reason of two letters tells nobody anything, and is kept as it was typed', () => {
  expect(whyIn(form({ why: ' ok ' }))).toEqual({ words: 'ok', enough: false });
  expect(whyIn(form({ why: 'wel' })).enough).toBe(true);
  expect(whyIn(form({ why: 'x'.repeat(2000) })).words).toHaveLength(1000);
});
