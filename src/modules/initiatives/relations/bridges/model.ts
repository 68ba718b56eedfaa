import { isFormal, stepsFrom, type Field } from '../model.ts';

/** Without the entry `slug`, these others lose every chain to the formal system. */
export interface Bridge {
  readonly slug: string;
  readonly losing: readonly string[];
}

/**
 * Who bridges: each entry outside the formal system without which at least one other entry loses its way to it, by name.
 * Exact: the cut vertices between the field and one imagined point behind all formal bodies (Tarjan 1972), in linear time.
 */
export function bridges(field: Field): readonly Bridge[] {
  const before = known.get(field);
  if (before) return before;
  const found = cutVertices(field);
  known.set(field, found);
  return found;
}

const known = new WeakMap<Field, readonly Bridge[]>();

function cutVertices(field: Field): Bridge[] {
  const formal = new Set([...field.stones.values()].filter(isFormal).map((stone) => stone.slug));
  const { order, number, low, parent } = walk(field, formal);
  // Backwards over the walk every entry knows who lies behind it before its own turn comes.
  const behind = new Map<string, string[]>();
  const losing = new Map<string, string[]>();
  for (const slug of [...order].reverse()) {
    const all = [slug, ...(behind.get(slug) ?? [])];
    const above = parent.get(slug);
    if (above === undefined) continue;
    behind.set(above, [...(behind.get(above) ?? []), ...all]);
    if ((low.get(slug) ?? 0) >= (number.get(above) ?? 0) && !formal.has(above)) {
      losing.set(above, [...(losing.get(above) ?? []), ...all]);
    }
  }
  const name = (slug: string) => field.stones.get(slug)?.name ?? slug;
  const byName = (a: string, b: string) => name(a).localeCompare(name(b), 'nl');
  return [...losing]
    .map(([slug, others]) => ({ slug, losing: others.sort(byName) }))
    .sort((a, b) => byName(a.slug, b.slug));
}

/** A walk in depth from the formal side; `low` is the earliest entry that someone's own part of the walk still reaches. */
function walk(field: Field, formal: ReadonlySet<string>) {
  const order: string[] = [];
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const parent = new Map<string, string>();
  const neighbours = (slug: string) => stepsFrom(field).get(slug) ?? [];
  for (const start of formal) {
    if (number.has(start)) continue;
    const stack = [{ slug: start, at: 0 }];
    enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const step = neighbours(top.slug)[top.at++];
      if (!step) {
        stack.pop();
        const above = parent.get(top.slug);
        if (above !== undefined) low.set(above, Math.min(low.get(above) ?? 0, low.get(top.slug) ?? 0));
      } else if (!number.has(step.to)) {
        parent.set(step.to, top.slug);
        enter(step.to);
        stack.push({ slug: step.to, at: 0 });
      } else if (step.to !== parent.get(top.slug)) {
        low.set(top.slug, Math.min(low.get(top.slug) ?? 0, number.get(step.to) ?? 0));
      }
    }
  }
  return { order, number, low, parent };

  function enter(slug: string) {
    order.push(slug);
    number.set(slug, order.length);
    // A formal body touches the imagined point (number 0) itself, so nobody in front of it is a bridge to it.
    low.set(slug, formal.has(slug) ? 0 : order.length);
  }
}
