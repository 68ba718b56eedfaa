import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCode } from './input.ts';
import { codeOf, inGroups } from './model.ts';

const random = fc.stringMatching(/^\d{15}$/).map(codeOf);

test('a code is read however it was grouped and on whichever keyboard it was typed', () => {
  fc.assert(
    fc.property(
      random,
      fc.constantFrom(0x30, 0x660, 0x6f0),
      fc.constantFrom(' ', '-', '', '.', '\u00a0'),
      (code, zero, gap) => {
        const typed = inGroups(code)
          .replaceAll(' ', gap)
          .replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
        expect(parseCode(` ${typed} `)).toEqual({ ok: true, value: code });
      },
    ),
  );
});

test('every single slip of the finger is told before anything is looked up', () => {
  fc.assert(
    fc.property(random, fc.nat(15), fc.integer({ min: 1, max: 9 }), (code, at, by) => {
      const wrong = [...code]
        .map((digit, here) => (here === at ? String((Number(digit) + by) % 10) : digit))
        .join('');
      expect(parseCode(wrong)).toMatchObject({ ok: false, reason: 'card_slip' });
    }),
  );
});

test('what cannot be a code is told apart from a slip', () => {
  for (const typed of [
    '',
    '1234',
    '1234 5678 9012 345',
    'four seven',
    '٤٧١١',
    '1'.repeat(100_000),
    '12345678901234567',
  ])
    expect(parseCode(typed)).toMatchObject({ ok: false, reason: 'card_incomplete' });
});

test('a code holds more than forty bits that nobody can guess', () => {
  expect(Math.log2(10 ** 15)).toBeGreaterThan(49);
});
