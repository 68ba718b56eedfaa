import { expect, test } from 'vitest';
import { toldOf } from '../../people/counting/model.ts';
import { heldCells } from './model.ts';

test('a theme nobody tells of any more is counted as none, and hides', () => {
  const cell = { province: 'PV25', theme: 'work', year: 2026, people: 9 };
  expect(heldCells([], [cell])).toEqual([cell]);
  expect(toldOf(9)).toBe(5);
  expect(heldCells([cell], [])).toEqual([]);
  expect(heldCells([cell], [{ ...cell, people: 6 }])).toEqual([cell]);
});
