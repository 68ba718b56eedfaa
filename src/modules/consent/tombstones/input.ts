import * as v from 'valibot';
import type { Tombstone } from './model.ts';

const line = v.object({
  kind: v.picklist(['telling', 'person']),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  at: v.pipe(v.string(), v.isoTimestamp()),
  reason: v.picklist(['taken-back', 'left', 'rights']),
});

/**
 * Reads a file of tombstones, a line each, and answers each of them once, with the numbers of the lines that could not be read. A line
 * that was cut off by a power failure does not make the others unread.
 */
export function parseTombstones(text: string): { tombstones: Tombstone[]; unread: number[] } {
  const found = new Map<string, Tombstone>();
  const unread: number[] = [];
  text.split('\n').forEach((each, at) => {
    if (each.trim() === '') return;
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), line), each);
    if (read.success) found.set(`${read.output.kind} ${read.output.hash}`, read.output);
    else unread.push(at + 1);
  });
  return { tombstones: [...found.values()], unread };
}
