import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKey, lastingKey, wordHash } from './ids.ts';

test('a key that is worked out of words is always the same, and says that it is of version 5', () => {
  expect(lastingKey('theme', 'housing')).toBe(lastingKey('theme', 'housing'));
  expect(lastingKey('theme/housing')).toBe(lastingKey('theme', 'housing'));
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(lastingKey(one)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(lastingKey(one) === lastingKey(other)).toBe(one === other);
    }),
  );
});

test('the bits that are not told by its version come from SHA-1 over the namespace and the words', () => {
  const bytes = createHash('sha1')
    .update(Buffer.from('69417f32d38e459790a1a8b022333289', 'hex'))
    .update('a')
    .digest('hex');
  expect(lastingKey('a').replaceAll('-', '').slice(0, 12)).toBe(bytes.slice(0, 12));
  expect(lastingKey('a').slice(-12)).toBe(bytes.slice(20, 32));
});

test('a word that only looks like a key is told apart', () => {
  expect(isKey(lastingKey('a'))).toBe(true);
  expect(isKey(lastingKey('a').toUpperCase())).toBe(true);
  for (const word of ['', 'x', '0'.repeat(32), `${lastingKey('a')} `, `{${lastingKey('a')}}`])
    expect(isKey(word)).toBe(false);
});

test('a word that opens something is kept as the SHA-256 of its letters, as the database works it out too', () => {
  expect(wordHash('woord ዓ').toString('hex')).toBe(
    '03d4648511a2a492b12031755f1866693a6c0a0d944f5442529bfb96d2be2bd1',
  );
});
