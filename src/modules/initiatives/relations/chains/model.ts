import type { Day } from '#platform/clock.ts';
import type { Kind } from '../../model.ts';
import { doubtOf, isFormal, stepsFrom, type Field, type Step, type Stone } from '../model.ts';

/** Steps from one entry to another, none visited twice; at least one step. */
export interface Chain {
  readonly steps: readonly Step[];
  readonly disputed: boolean;
}

/** Where a chain may arrive: anyone of the formal system, or one entry. */
export type Destination = { readonly formal: true } | { readonly slug: string };

// Disputed steps, number of steps, unconfirmed steps, years of silence, weakness of kinds; compared in this order.
type Cost = readonly [number, number, number, number, number];
const nothing: Cost = [0, 0, 0, 0, 0];

const plus = (a: Cost, b: Cost): Cost => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]];
const compare = (a: Cost, b: Cost) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3] || a[4] - b[4];

function costOf(step: Step, field: Field): Cost {
  const [disputed, unconfirmed, years, weakness] = doubtOf(step.relation, field.day);
  return [disputed, 1, unconfirmed, years, weakness];
}

function arrivals(field: Field, destination: Destination): ReadonlySet<string> {
  if ('slug' in destination) return new Set(field.stones.has(destination.slug) ? [destination.slug] : []);
  return new Set([...field.stones.values()].filter(isFormal).map((stone) => stone.slug));
}

/**
 * The best chains from an entry, at most `wanted`, best first: without disputed steps, few steps, confirmed, recent, strong kinds.
 * Relations are walked both ways. Empty when there is none, or when the entry itself is where it should arrive.
 * Yen's k shortest loopless paths (Management Science 1971) over A* with exact costs to go.
 */
export function chains(field: Field, from: string, destination: Destination, wanted = 3): Chain[] {
  const goals = arrivals(field, destination);
  if (!field.stones.has(from) || goals.has(from)) return [];
  const toGo = costsToGo(field, goals);
  const first = bestWay(field, from, goals, toGo, new Set(), new Set());
  if (!first) return [];
  const found: (readonly Step[])[] = [first];
  const candidates = new Map<string, readonly Step[]>();
  while (found.length < wanted) {
    const last = found.at(-1) ?? [];
    last.forEach((_, at) => {
      const root = last.slice(0, at);
      const sameRoot = found.filter((way) => signature(way.slice(0, at)) === signature(root));
      const closed = new Set(sameRoot.flatMap((way) => way.slice(at, at + 1).map((step) => step.to)));
      const visited = new Set(root.map((step) => step.from));
      const spur = bestWay(field, root.at(-1)?.to ?? from, goals, toGo, visited, closed);
      if (spur) candidates.set(signature([...root, ...spur]), [...root, ...spur]);
    });
    const next = [...candidates].sort(([, a], [, b]) => compare(sum(a, field), sum(b, field)))[0];
    if (!next) break;
    candidates.delete(next[0]);
    found.push(next[1]);
  }
  return found.map((steps) => ({
    steps,
    disputed: steps.some((step) => step.relation.standing === 'disputed'),
  }));
}

const signature = (steps: readonly Step[]) => steps.map((step) => step.to).join(' ');
const sum = (steps: readonly Step[], field: Field) =>
  steps.reduce((cost, step) => plus(cost, costOf(step, field)), nothing);

type CostsToGo = ReadonlyMap<string, Cost>;
const known = new WeakMap<Field, Map<string, CostsToGo>>();

/** What the best way from every entry to the goals costs; entries without a way are absent. */
function costsToGo(field: Field, goals: ReadonlySet<string>): CostsToGo {
  const name = [...goals].join(' ');
  const mine = known.get(field) ?? new Map<string, CostsToGo>();
  known.set(field, mine);
  const before = mine.get(name);
  if (before) return before;
  const costs = new Map<string, Cost>();
  const queue = new Queue();
  for (const goal of goals) queue.add({ at: goal, so: nothing, expected: nothing, steps: null });
  for (let next = queue.take(); next; next = queue.take()) {
    if (costs.has(next.at)) continue;
    costs.set(next.at, next.so);
    for (const step of stepsFrom(field).get(next.at) ?? []) {
      const so = plus(next.so, costOf(step, field));
      if (!costs.has(step.to)) queue.add({ at: step.to, so, expected: so, steps: null });
    }
  }
  // A few destinations asked one after another are worth keeping; thousands are not.
  if (mine.size > 20) mine.clear();
  mine.set(name, costs);
  return costs;
}

/** The best way to a goal that avoids the visited entries and, as its first step, the closed ones. */
function bestWay(
  field: Field,
  from: string,
  goals: ReadonlySet<string>,
  toGo: CostsToGo,
  visited: ReadonlySet<string>,
  closed: ReadonlySet<string>,
): Step[] | null {
  const settled = new Set(visited);
  const queue = new Queue();
  queue.add({ at: from, so: nothing, expected: nothing, steps: null });
  for (let next = queue.take(); next; next = queue.take()) {
    if (settled.has(next.at)) continue;
    settled.add(next.at);
    if (goals.has(next.at)) return unwound(next.steps);
    for (const step of stepsFrom(field).get(next.at) ?? []) {
      const rest = toGo.get(step.to);
      if (!rest || settled.has(step.to) || (next.steps === null && closed.has(step.to))) continue;
      const so = plus(next.so, costOf(step, field));
      queue.add({ at: step.to, so, expected: plus(so, rest), steps: { step, before: next.steps } });
    }
  }
  return null;
}

interface Walked {
  readonly step: Step;
  readonly before: Walked | null;
}

function unwound(walked: Walked | null): Step[] {
  const steps: Step[] = [];
  for (let at = walked; at; at = at.before) steps.unshift(at.step);
  return steps;
}

interface Waiting {
  readonly at: string;
  readonly so: Cost;
  readonly expected: Cost;
  readonly steps: Walked | null;
}

// Equal costs fall back on the name, so that the same question always gets the same answer.
const before = (a: Waiting, b: Waiting) => (compare(a.expected, b.expected) || (a.at < b.at ? -1 : 1)) < 0;

/** A binary heap: the cheapest expectation first. */
class Queue {
  readonly #waiting: Waiting[] = [];

  add(one: Waiting): void {
    const all = this.#waiting;
    let at = all.push(one) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = all[above];
      if (!parent || !before(one, parent)) break;
      all[at] = parent;
      at = above;
    }
    all[at] = one;
  }

  take(): Waiting | undefined {
    const all = this.#waiting;
    const first = all[0];
    const last = all.pop();
    if (!first || !last || first === last) return first;
    let at = 0;
    for (;;) {
      const [left, right] = [all[2 * at + 1], all[2 * at + 2]];
      const child = left && right && before(right, left) ? 2 * at + 2 : 2 * at + 1;
      const smaller = all[child];
      if (!smaller || !before(smaller, last)) break;
      all[at] = smaller;
      at = child;
    }
    all[at] = last;
    return first;
  }
}

/** The entries outside the formal system from which no chain leads to it, in the order of the field. */
export function withoutChain(field: Field): string[] {
  const reached = costsToGo(field, arrivals(field, { formal: true }));
  return [...field.stones.keys()].filter((slug) => !reached.has(slug));
}

/** A chain with everyone in it, from its first stone to its last. */
export interface ToldChain extends Chain {
  readonly stones: readonly Stone[];
}

/** The chain with the entries it leads along; one more than its steps. */
export function tell(field: Field, chain: Chain): ToldChain {
  const slugs = [...chain.steps.slice(0, 1).map((step) => step.from), ...chain.steps.map((step) => step.to)];
  return { ...chain, stones: slugs.flatMap((slug) => field.stones.get(slug) ?? []) };
}

/** From whom and to whom someone wants to go: slugs or words of a name; without `to`, to the formal system. */
export interface ChainWishes {
  readonly from: string;
  readonly to: string;
  readonly day: Day;
}

export interface NamedEntry {
  readonly slug: string;
  readonly name: string;
  readonly kind: Kind;
}

/** Whom words of a name turned out to mean: one, or some to choose from. */
export interface Chosen {
  readonly meant: NamedEntry | null;
  readonly maybe: readonly NamedEntry[];
}

/** What the page of chains has to say. */
export interface ChainAnswer {
  readonly wishes: ChainWishes;
  readonly from: Chosen;
  readonly to: Chosen;
  readonly outcome:
    'start' | 'unsure' | 'same' | 'from-not-then' | 'to-not-then' | 'is-formal' | 'none' | 'found';
  readonly chains: readonly ToldChain[];
  /** A few informal entries that do have a chain, to begin with. */
  readonly examples: readonly NamedEntry[];
}
