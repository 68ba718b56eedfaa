import { afterDeed, sessionDeeds, sessionStates } from '#modules/sessions/model.ts';
import type { Result } from '#platform/result.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { diagramOf, drawn, type Diagram } from './diagram.ts';

export interface WalkedRules {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  /** How often each state was come to. */
  readonly reached: Readonly<Record<string, number>>;
  readonly disagreements: readonly string[];
}

/** What is walked along: a page of states, and what the house itself says. */
export interface Walked<State extends string, Deed extends string> {
  readonly page: string;
  readonly states: readonly State[];
  readonly deeds: readonly Deed[];
  readonly rule: (state: State, deed: Deed) => Result<State>;
  /** Where the how many-eth sequence begins. */
  readonly first: (sequence: number) => State;
  /** States that never move, and so stand in no way of the diagram. */
  readonly still?: readonly State[];
}

const length = 16;

/** Walks random deeds along the rules of the house, and beside them along the drawn diagram. */
export async function walkAlong<State extends string, Deed extends string>(
  walk: Walked<State, Deed>,
  times: number,
  seed: number,
): Promise<WalkedRules> {
  const diagram = await diagramOf(walk.page);
  const chance = chanceOf(seed);
  const reached: Record<string, number> = Object.fromEntries(walk.states.map((state) => [state, 0]));
  const disagreements = namesApart(diagram, walk);
  let refused = 0;
  for (let sequence = 0; sequence < times; sequence++) {
    let state = walk.first(sequence);
    const told: string[] = [];
    for (let step = 0; step < length; step++) {
      const deed = drawn(walk.deeds, chance);
      told.push(deed);
      const expected = diagram.get(state)?.get(deed) ?? null;
      const answer = walk.rule(state, deed);
      const came: string | null = answer.ok ? answer.value : null;
      if (came !== expected) {
        disagreements.push(
          `${state}, ${told.join(' ')}: the house says ${came ?? 'no'}, the page ${expected ?? 'no'}`,
        );
        break;
      }
      if (answer.ok) {
        state = answer.value;
        reached[state] = (reached[state] ?? 0) + 1;
      } else refused++;
    }
  }
  return { sequences: times, deeds: times * length, refused, reached, disagreements };
}

/** Walks random deeds from a session that is prepared. */
export const walkRules = (times: number, seed: number, rule = afterDeed): Promise<WalkedRules> =>
  walkAlong(
    { page: 'session', states: sessionStates, deeds: sessionDeeds, rule, first: () => 'preparing' },
    times,
    seed,
  );

/** States and deeds that the page names otherwise than the house. */
function namesApart(
  diagram: Diagram,
  house: { states: readonly string[]; deeds: readonly string[]; still?: readonly string[] },
): string[] {
  const { states, deeds, still = [] } = house;
  const named = [...diagram].flatMap(([from, ways]) => [from, ...ways.values()]);
  const done = [...diagram.values()].flatMap((ways) => [...ways.keys()]);
  return [
    ...[...new Set(named)]
      .filter((state) => !states.includes(state))
      .map((state) => `the house knows no state ${state}`),
    ...states
      .filter((state) => !named.includes(state) && !still.includes(state))
      .map((state) => `the page does not draw ${state}`),
    ...[...new Set(done)]
      .filter((deed) => !deeds.includes(deed))
      .map((deed) => `the house knows no deed ${deed}`),
    ...deeds.filter((deed) => !done.includes(deed)).map((deed) => `the page does not draw ${deed}`),
  ];
}
