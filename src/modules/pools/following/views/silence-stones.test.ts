import { expect, test } from 'vitest';
import { size, stonesOf } from './silence-stones.ts';

test('forty-one days of silence are six stones, the last of them not whole; from right to left they begin at the right', () => {
  const stones = stonesOf(41, 'ltr');
  expect(stones).toHaveLength(6);
  expect(stones.map(({ half }) => half)).toEqual([false, false, false, false, false, true]);
  expect(stonesOf(41, 'rtl')[0]?.x).toBe(size.width - (stones[0]?.x ?? 0));
  expect(stonesOf(0, 'ltr')).toEqual([]);
  expect(stonesOf(99_999, 'ltr')).toHaveLength(size.most);
});
