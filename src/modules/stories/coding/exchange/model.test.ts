import { expect, test } from 'vitest';
import { layOut, placesOf, positionOf } from './model.ts';

const arabic = 'جئتُ في الشتاء';
const ethiopic = 'ሰላም ንኹሉኹም፡ ኣነ ኣብ ከሰላ';
const emoji = 'Ik lachte 😀👩‍🏫 en bleef';
const laid = layOut([
  { block: 'ar', text: arabic },
  { block: 'voice', text: '' },
  { block: 'nl', text: emoji },
  { block: 'ti', text: ethiopic },
]);
const between = (start: number | null, end: number | null) =>
  [...laid.text].slice(start ?? NaN, end ?? NaN).join('');

test.each([
  ['ar', arabic, 'في الشتاء'],
  ['nl', emoji, '😀'],
  ['nl', emoji, '👩‍🏫 en'],
  ['nl', emoji, 'bleef'],
  ['ti', ethiopic, 'ኣብ ከሰላ'],
])('in %s, the words %s are found at their position in code points and back', (block, text, words) => {
  const start = text.indexOf(words);
  const end = start + words.length;
  const [from, until] = [positionOf(laid, block, start), positionOf(laid, block, end)];
  expect(between(from, until)).toBe(words);
  expect(placesOf(laid, from ?? NaN, until ?? NaN)).toEqual([{ block, start, end }]);
});

test('an emoji is one position and not two, also for what comes after it in other blocks', () => {
  const inUtf16 = laid.text.indexOf('ሰላም');
  expect(positionOf(laid, 'ti', 0)).toBe(inUtf16 - 3);
  expect(Buffer.from(laid.text, 'utf8').toString('utf8')).toBe(laid.text);
});

test('lines end in LF whatever they ended in, and a byte order mark is no position', () => {
  const own = '\ufeffeen\r\ntwee\rdrie';
  const made = layOut([
    { block: 'a', text: own },
    { block: 'b', text: 'vier' },
  ]);
  expect(made.text).toBe('een\ntwee\ndrie\n\nvier');
  for (const word of ['een', 'twee', 'drie']) {
    const start = own.indexOf(word);
    const at = positionOf(made, 'a', start);
    expect(made.text.slice(at ?? NaN).startsWith(word), word).toBe(true);
    expect(placesOf(made, at ?? NaN, (at ?? NaN) + word.length)).toEqual([
      { block: 'a', start, end: start + word.length },
    ]);
  }
});

test('what runs over several blocks becomes a place in each of them', () => {
  const made = layOut([
    { block: 'a', text: 'een' },
    { block: 'b', text: 'twee' },
  ]);
  expect(placesOf(made, 1, 7)).toEqual([
    { block: 'a', start: 1, end: 3 },
    { block: 'b', start: 0, end: 2 },
  ]);
  expect(placesOf(made, 3, 5)).toEqual([]);
});
