import { expect, test } from 'vitest';
import { keyIn, keyOrNothing, keysIn, typedIn, wordsIn } from './form.ts';

function typed(...pairs: readonly (readonly [string, string | File])[]): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}
const words = (said: string, lines = false) => wordsIn(typed(['words', said]), 'words', lines);
const key = '4f1c2d3e-0000-4000-8000-00000000000a';

test.each([
  ['a letter and its accent apart become one letter', 'cafe\u0301', 'caf\u00e9'],
  ['Arabic stays as it was typed, with its joiners', 'ن\u200cم سلام\u200f', 'ن\u200cم سلام\u200f'],
  ['a family stays one sign', '👩‍👩‍👧 thuis', '👩‍👩‍👧 thuis'],
  ['an override of direction is taken out', 'safe\u202Egpj.exe\u202c', 'safe gpj.exe'],
  ['so are isolates', '\u2066a\u2069\u2067b\u2069', 'a b'],
  ['so are signs that control a machine', 'a\u0000b\u001bc\u0085d', 'a b c d'],
  ['half a sign becomes the sign that says so', 'a\ud800', 'a\ufffd'],
  ['a line break in a field of one line becomes a space', ' een\r\n twee\tdrie ', 'een twee drie'],
])('%s', (_, said, read) => {
  expect(words(said)).toBe(read);
});

test('words of several lines keep their lines, whatever the machine that ended them', () => {
  expect(words('een\r\ntwee\rdrie\n\nvier\u202e\u0007', true)).toBe('een\ntwee\ndrie\n\nvier');
  expect(words(`e\u0301\tn${'\u2028'}`, true)).toBe('é n');
});

test('nothing and a file are no words', () => {
  expect(wordsIn(typed(), 'words')).toBe('');
  expect(wordsIn(typed(['words', new File(['x'], 'x')]), 'words')).toBe('');
});

test('a key is found in small letters, each once, and what is none is left out', () => {
  const form = typed(['a', 'x'], ['a', key.toUpperCase()], ['a', key], ['b', 'no key']);
  expect(keysIn(form, 'a')).toEqual([key]);
  expect(keyIn(form, 'a')).toBe(key);
  expect(keyIn(form, 'b')).toBeNull();
  expect(keyOrNothing(form, 'b')).toMatch(/^[0-]+$/);
  expect(keyOrNothing(form, 'a')).toBe(key);
});

test('what was typed comes back as it came, without files', () => {
  const form = typed(['a', ' x\u202e'], ['file', new File(['x'], 'x')], ['b', '1'], ['b', '2']);
  expect(typedIn(form)).toEqual({ a: ' x\u202e', b: '2' });
});
