import { expect, test } from 'vitest';
import type { Typed } from '../model.ts';
import { changedBetween, joined } from './model.ts';

const before: Typed = { name: ['Brug'], text: ['Thee.'], phase: ['arrival', 'landing'], website: [] };

test('what two people changed apart is joined, and each sees whose is whose', () => {
  const both = joined(
    before,
    { ...before, website: ['https://a.example'] },
    { ...before, text: ['Koffie.'] },
  );
  expect(both).toMatchObject({ mine: ['text'], theirs: ['website'], clashes: [] });
  expect([both.typed.text, both.typed.website]).toEqual([['Koffie.'], ['https://a.example']]);
});

test('what both answered otherwise is a clash, and what was typed stays typed', () => {
  const both = joined(before, { ...before, text: ['Van de ander.'] }, { ...before, text: ['Van mij.'] });
  expect(both).toMatchObject({ mine: [], theirs: [], clashes: ['text'], typed: { text: ['Van mij.'] } });
});

test('what both answered alike is no clash', () => {
  const alike = { ...before, text: ['Koffie.'] };
  expect(joined(before, alike, alike)).toMatchObject({ mine: [], theirs: [], clashes: [] });
});

test('who began with nothing we know of is shown everything that differs', () => {
  expect(joined(null, before, { ...before, name: ['Ander'], text: [] }).clashes).toEqual(['name', 'text']);
});

test('boxes ticked in another order, and fields left empty, are the same answer', () => {
  expect(changedBetween(before, { ...before, phase: ['landing', 'arrival'], website: [''] })).toEqual([]);
});

test('a point that went is a changed place, though its name stayed', () => {
  const there = { place: ['Arnhem'], point: ['51.98, 5.91'], precision: ['town'] };
  expect(changedBetween(there, { ...there, point: [] })).toEqual(['place']);
});
