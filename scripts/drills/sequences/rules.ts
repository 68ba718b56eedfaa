import { afterDeed, sessionDeeds, sessionStates, type SessionState } from '#modules/sessions/model.ts';
import { chanceOf, diagramOf, drawn, type Diagram } from './diagram.ts';

export interface WalkedRules {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  /** How often each state was come to. */
  readonly reached: Readonly<Record<string, number>>;
  readonly disagreements: readonly string[];
}

const length = 16;

/** Walks random deeds from a session that is prepared along the rules of the house, and beside them along the drawn diagram. */
export async function walkRules(
  times: number,
  seed: number,
  rule: typeof afterDeed = afterDeed,
): Promise<WalkedRules> {
  const diagram = await diagramOf('session');
  const chance = chanceOf(seed);
  const reached: Record<string, number> = Object.fromEntries(sessionStates.map((state) => [state, 0]));
  const disagreements = namesApart(diagram);
  let refused = 0;
  for (let sequence = 0; sequence < times; sequence++) {
    let state: SessionState = 'preparing';
    const told: string[] = [];
    for (let step = 0; step < length; step++) {
      const deed = drawn(sessionDeeds, chance);
      told.push(deed);
      const expected = diagram.get(state)?.get(deed) ?? null;
      const answer = rule(state, deed);
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

/** States and deeds that the page names otherwise than the house. */
function namesApart(diagram: Diagram): string[] {
  const states: readonly string[] = sessionStates;
  const deeds: readonly string[] = sessionDeeds;
  const named = [...diagram].flatMap(([from, ways]) => [from, ...ways.values()]);
  const done = [...diagram.values()].flatMap((ways) => [...ways.keys()]);
  return [
    ...[...new Set(named)]
      .filter((state) => !states.includes(state))
      .map((state) => `the house knows no state ${state}`),
    ...states.filter((state) => !named.includes(state)).map((state) => `the page does not draw ${state}`),
    ...[...new Set(done)]
      .filter((deed) => !deeds.includes(deed))
      .map((deed) => `the house knows no deed ${deed}`),
    ...deeds.filter((deed) => !done.includes(deed)).map((deed) => `the page does not draw ${deed}`),
  ];
}
