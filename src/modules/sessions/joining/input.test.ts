import { expect, test } from 'vitest';
import { parseComing, parseDeed, typedIn } from './input.ts';
import { codeAsTyped } from './model.ts';

const form = (entries: Readonly<Record<string, string>>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(entries)) made.set(name, value);
  return made;
};

test('a code is understood however it is typed, and what cannot be one is none', () => {
  for (const typed of ['ABC234', 'abc234', ' abc 234 ', 'ABC-234', 'ＡＢＣ２３４'])
    expect(codeAsTyped(typed)).toBe('ABC234');
  for (const typed of ['', 'ABC23', 'ABC2345', 'ABC23O', '../etc', 'ABC23%', '٢٣٤ABC'])
    expect(codeAsTyped(typed)).toBeNull();
});

test('someone comes in without saying anything, and what makes no sense is taken as not said', () => {
  expect(parseComing(form({}))).toEqual({ called: null, role: null, beside: null });
  expect(parseComing(form({ called: '  ', role: 'king', beside: 'arabic' }))).toEqual({
    called: null,
    role: null,
    beside: null,
  });
});

test('a name keeps its letters, loses what cannot be seen, and is cut where a name ends', () => {
  expect(parseComing(form({ called: ' ሳሚር\u202e\n Ахмед ' })).called).toBe('ሳሚር Ахмед');
  expect(parseComing(form({ called: '😀'.repeat(80) })).called).toBe('😀'.repeat(60));
});

test('a deed without a key is a deed of its own, and a key that is none is nobody’s', () => {
  const [one, other] = [parseDeed(form({})), parseDeed(form({ who: 'me', deed: '1' }))];
  expect(one.deed).not.toBe(other.deed);
  expect(other.who).toBe('00000000-0000-0000-0000-000000000000');
});

test('what was typed is kept for the answer, without the key of the deed', () => {
  expect(typedIn(form({ deed: 'x', text: 'Werk' }))).toEqual({ text: 'Werk' });
});
