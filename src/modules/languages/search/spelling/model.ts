import { keyOf } from '../model.ts';

// Short words are kept with each letter left out; longer ones by their halves, of which one letter can spoil only one.
const longestShort = 6;
const shortest = 3;

/** The keys under which a word is kept, so that a spelling one letter away can find it. */
export function nearMarks(word: string): number[] {
  const letters = [...word];
  if (letters.length < shortest) return [];
  return (letters.length <= longestShort ? lessOne(letters) : halves(letters, letters.length)).map(
    spellingKey,
  );
}

/** The keys under which words at most one letter away from the asked one may be kept; each find must still be compared. */
export function nearProbes(asked: string): number[] {
  const letters = [...asked];
  if (letters.length < shortest - 1) return [];
  const found = letters.length <= longestShort + 1 ? lessOne(letters) : [];
  for (const length of [letters.length - 1, letters.length, letters.length + 1]) {
    if (length <= longestShort) continue;
    found.push(...halves(letters, length));
    if (length === letters.length) found.push(...halves(swappedAt(letters, Math.floor(length / 2)), length));
  }
  return [...new Set(found)].map(spellingKey);
}

/** Whether one letter more, less, other, or two neighbours swapped make one word of the other (or they are the same). */
export function atMostOneLetterApart(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [leftA, leftB] = [endA - start, endB - start];
  if (leftA <= 1 && leftB <= 1) return true;
  return leftA === 2 && leftB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

function lessOne(letters: readonly string[]): string[] {
  const whole = letters.join('');
  return [...new Set([whole, ...letters.map((_, at) => letters.toSpliced(at, 1).join(''))])];
}

function halves(letters: readonly string[], length: number): string[] {
  const half = Math.floor(length / 2);
  return [
    `${length}<${letters.slice(0, half).join('')}`,
    `${length}>${letters.slice(-(length - half)).join('')}`,
  ];
}

function swappedAt(letters: readonly string[], at: number): string[] {
  return letters.with(at, letters[at - 1] ?? '').with(at - 1, letters[at] ?? '');
}

function spellingKey(piece: string): number {
  return keyOf('spelling', piece);
}
