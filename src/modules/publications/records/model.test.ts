import { expect, test } from 'vitest';
import { slugOf } from './model.ts';

test('a title keeps its own name in its address, whatever script it is written in', () => {
  expect(slugOf('Samen aan tafel')).toBe('samen-aan-tafel');
  expect(slugOf('مجموعة الخبرة')).toBe('mgmwh-alkhbrh');
  expect(slugOf('Разом за столом')).not.toMatch(/^record/);
  expect(slugOf('…')).toBe('record');
});
