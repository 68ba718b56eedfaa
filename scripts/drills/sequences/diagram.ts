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

export const drawn = <Of>(list: readonly Of[], chance: () => number): Of =>
  list[Math.floor(chance() * list.length)] as Of;

/** Does a thing so many times, with so many under way at once; each is told the how many-eth it is, from 0. */
export async function inTurns(
  times: number,
  atOnce: number,
  one: (sequence: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const walker = async () => {
    for (let sequence = next++; sequence < times; sequence = next++) await one(sequence);
  };
  await Promise.all(Array.from({ length: atOnce }, walker));
}
