import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '#platform/project.server.ts';

/** The ways of a diagram: from a state by a deed to the next. */
export type Diagram = ReadonlyMap<string, ReadonlyMap<string, string>>;

const way = /^\s*([a-z_]+) --> ([a-z_]+): ([a-z-]+)/;

/** The first diagram of a page of states as its ways; a way is drawn as `from --> to: deed, and in words what it means`. */
export async function diagramOf(page: string): Promise<Diagram> {
  const text = await readFile(join(projectFolder, 'docs', 'states', `${page}.md`), 'utf8');
  const [, drawn = ''] = /```mermaid\n([\s\S]*?)```/.exec(text) ?? [];
  const ways = new Map<string, Map<string, string>>();
  for (const line of drawn.split('\n')) {
    const [, from = '', to = '', deed = ''] = way.exec(line) ?? [];
    if (!deed) continue;
    const state = from.replaceAll('_', '-');
    ways.set(state, (ways.get(state) ?? new Map<string, string>()).set(deed, to.replaceAll('_', '-')));
  }
  return ways;
}

/** Chance that can be repeated: the same seed gives the same numbers from 0 to below 1 (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const drawn = <Of>(list: readonly Of[], chance: () => number): Of =>
  list[Math.floor(chance() * list.length)] as Of;
