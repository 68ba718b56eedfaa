import { givenOf, type Given } from './projection.ts';
import type { VoteMatrix } from './votes.ts';

/** Numbers from 0 to below 1 that look like chance and are the same for the same seed (a 32-bit counter, mixed). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** A seed that is the same for the same answers and differs for others. */
export function seedOf({ cells, people }: VoteMatrix): number {
  let seed = people.length;
  for (const cell of cells) seed = Math.imul(seed ^ (cell + 2), 0x01000193) >>> 0;
  return seed;
}

/** The same votes dealt anew among those who saw each statement: its totals stay, and what anyone saw. */
export function shuffled(given: Given, places: Int32Array[], draw: () => number): Given {
  const answer = given.answer.slice();
  for (const those of places)
    for (let last = those.length - 1; last > 0; last--) {
      const one = those[last] as number;
      const other = those[Math.floor(draw() * (last + 1))] as number;
      const kept = answer[one] as number;
      answer[one] = answer[other] as number;
      answer[other] = kept;
    }
  return { ...given, answer };
}

/** Where the answers to each statement lie among all answers. */
export function placesByStatement({ answer, statements }: Given): Int32Array[] {
  const many = new Int32Array(statements);
  for (const cell of answer) (many[Math.floor(cell / 3)] as number)++;
  const places = Array.from(many, (each) => new Int32Array(each));
  for (let at = answer.length - 1; at >= 0; at--) {
    const j = Math.floor((answer[at] as number) / 3);
    (places[j] as Int32Array)[(many[j] = (many[j] as number) - 1)] = at;
  }
  return places;
}

/** Which of so many people stay when a share of them, drawn by chance, is left out; in their order. */
export function someOf(people: number, leftOut: number, draw: () => number): Int32Array {
  const order = Int32Array.from({ length: people }, (_, at) => at);
  const kept = people - Math.round(people * leftOut);
  for (let at = 0; at < kept; at++) {
    const other = at + Math.floor(draw() * (people - at));
    const moved = order[at] as number;
    order[at] = order[other] as number;
    order[other] = moved;
  }
  return order.subarray(0, kept).sort();
}

/** The votes of only these people (in their order), who become person 0, 1, 2 ... */
export function only(given: Given, kept: Int32Array): Given {
  const from = new Int32Array(kept.length + 1);
  const answer = new Int32Array(given.answer.length);
  kept.forEach((who, at) => {
    const start = from[at] as number;
    const theirs = given.answer.subarray(given.from[who], given.from[who + 1]);
    answer.set(theirs, start);
    from[at + 1] = start + theirs.length;
  });
  return givenOf(given.statements, from, answer.subarray(0, from[kept.length]));
}
