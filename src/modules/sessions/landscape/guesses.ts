import type { Sorted } from './likeness.ts';

/** The share of a room that is taken as one end of an axis; at least five people. */
const endOfAxis = 0.12;

/**
 * First guesses for two groups from where people stand (`[2 * person + axis]`): halves of the room along four directions of the
 * plane, and the ends of its two axes against the rest.
 */
export function guessesForTwo(places: Float64Array): Int8Array[] {
  const people = places.length / 2;
  const end = Math.max(5 / people, endOfAxis);
  return [0, 1, 2, 3].flatMap((turn) => {
    const along = turned(places, (turn * Math.PI) / 4);
    const inOrder = along.slice().sort();
    // Slanted directions give halves only.
    return (turn % 2 === 0 ? [0.5, end, 1 - end] : [0.5]).map((share) => beyond(along, inOrder, share));
  });
}

/** First guesses for one group more: each group so far cut in two along each axis. */
export function guessesForMore(places: Float64Array, { sizes, member, k }: Sorted): Int8Array[] {
  return sizes.flatMap((size, group) => {
    if (size < 2) return [];
    const inside = new Int32Array(size);
    let filled = 0;
    for (let who = 0; who < member.length; who++) if (member[who] === group) inside[filled++] = who;
    return [0, 1].map((axis) => {
      const along = new Float64Array(size);
      for (let at = 0; at < size; at++) along[at] = places[(inside[at] as number) * 2 + axis] as number;
      const half = beyond(along, along.slice().sort(), 0.5);
      const guess = member.slice();
      for (let at = 0; at < size; at++) if (half[at] === 1) guess[inside[at] as number] = k;
      return guess;
    });
  });
}

function turned(places: Float64Array, angle: number): Float64Array {
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const along = new Float64Array(places.length / 2);
  for (let who = 0; who < along.length; who++)
    along[who] = x * (places[who * 2] as number) + y * (places[who * 2 + 1] as number);
  return along;
}

/** 1 for whoever stands beyond so large a share of the others, else 0. */
function beyond(along: Float64Array, inOrder: Float64Array, share: number): Int8Array {
  const cut = inOrder[Math.floor(share * inOrder.length)] ?? 0;
  const side = new Int8Array(along.length);
  for (let who = 0; who < along.length; who++) if ((along[who] as number) >= cut) side[who] = 1;
  return side;
}
