import { expect, test } from 'vitest';
import { printReasons, statusOf } from './job.ts';

test('only what may go better in a while is asked to come back; letters nobody can print and what is too large are not', () => {
  expect(printReasons.filter((reason) => statusOf(reason) === 503)).toEqual([
    'print_took_too_long',
    'print_busy',
  ]);
  expect(statusOf('print_unknown_letters')).toBe(422);
  expect(statusOf('print_too_large')).toBe(422);
});
