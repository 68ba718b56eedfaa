import { expect, test } from 'vitest';
import { renderingFor, type Made } from './model.ts';

const made = (language: string, more: Partial<Made> = {}): Made => ({
  id: `${language} ${JSON.stringify(more)}`,
  language,
  madeHow: 'person',
  signedAs: null,
  standing: 'done',
  ...more,
});

test('what was told in the reader’s own language is read as it was told', () => {
  expect(renderingFor('ar', 'ar', [made('ar')])).toBeNull();
});

test('a reader gets a person’s work before a machine’s, and a checked one before one that is not', () => {
  const machine = made('nl', { madeHow: 'machine', standing: 'checked-by-other' });
  const checked = made('nl', { standing: 'checked-by-teller' });
  expect(renderingFor('ar', 'nl', [machine, made('nl'), checked])).toBe(checked);
  expect(renderingFor('ar', 'nl', [machine, made('en')])).toBe(machine);
  expect(renderingFor('ar', 'uk', [machine])).toBeNull();
});
