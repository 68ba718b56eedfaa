import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doors } from '#doors';
import {
  anyone,
  inOneTap,
  mayEnter,
  opensBare,
  withAWord,
  type Doors,
  type Method,
  type Who,
} from './policy.ts';
import { operator, visitor } from './viewer.ts';

const onlyOperator: Who = { name: 'operator', admits: (viewer) => viewer.kind === 'operator', shared: false };
const house: Doors = { '/open': { GET: anyone }, '/desk': { GET: onlyOperator, POST: onlyOperator } };

test('a door that nobody declared does not exist, whoever asks', () => {
  for (const viewer of [visitor, operator]) {
    expect(mayEnter(house, '/nowhere', 'GET', viewer)).toBe('no such door');
    expect(mayEnter(house, null, 'GET', viewer)).toBe('no such door');
  }
});

test('a door opens only in the ways that were declared', () => {
  expect(mayEnter(house, '/open', 'GET', visitor)).toBe('admitted');
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get', ''])
    expect(mayEnter(house, '/open', method, visitor)).toBe('not this way');
});

test('who asks only for the headers may what who asks for the page may', () => {
  expect(mayEnter(house, '/open', 'HEAD', visitor)).toBe('admitted');
  expect(mayEnter(house, '/desk', 'HEAD', visitor)).toBe('not for you');
  expect(mayEnter(house, '/desk', 'HEAD', operator)).toBe('admitted');
});

test('a door for some is shut to others', () => {
  expect(mayEnter(house, '/desk', 'POST', visitor)).toBe('not for you');
  expect(mayEnter(house, '/desk', 'POST', operator)).toBe('admitted');
});

test('whatever is asked of the house as it stands, a visitor only reads, but for what is done with a word', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(doors), '/nowhere', '/[[lang=language]]/desk', ''),
      fc.constantFrom(
        'GET',
        'HEAD',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'CONNECT',
        'get',
        '',
      ),
      (route, method) => {
        const admitted = mayEnter(doors, route, method, visitor) === 'admitted';
        const asked = method === 'HEAD' ? 'GET' : method;
        const who = (doors as Doors)[route]?.[asked as Method];
        const opens = asked === 'GET' ? [anyone, withAWord, inOneTap] : [withAWord, inOneTap];
        expect(admitted).toBe(who !== undefined && opens.includes(who));
      },
    ),
    { numRuns: 2000 },
  );
});

test('the mailbox of a development start is no door in any other start', () => {
  expect(mayEnter(doors, '/mailbox', 'GET', visitor)).toBe('not for you');
  process.env.STEPPINGSTONES_MAILBOX = 'open';
  expect(mayEnter(doors, '/mailbox', 'GET', visitor)).toBe('admitted');
  delete process.env.STEPPINGSTONES_MAILBOX;
});

test('only a door that says so takes a tap of a mail program', () => {
  const taps: Doors = { '/stop/[word]': { GET: withAWord, POST: inOneTap }, '/sign-in': { POST: withAWord } };
  expect(opensBare(taps, '/stop/[word]', 'POST')).toBe(true);
  expect(opensBare(taps, '/stop/[word]', 'GET')).toBe(false);
  expect(opensBare(taps, '/sign-in', 'POST')).toBe(false);
  expect(opensBare(taps, '/toString', 'POST')).toBe(false);
  expect(opensBare(taps, null, 'POST')).toBe(false);
});
