import { afterDeed, promiseDeeds, promiseStates, type PromiseState } from '#modules/agendas/model.ts';
import { chanceOf, diagramOf, drawn } from '../sequences/diagram.ts';

interface WalkedRules {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  /** How often each state was come to. */
  readonly reached: Readonly<Record<string, number>>;
  readonly disagreements: readonly string[];
}

const length = 16;

/** Walks random deeds from a promise that was said along the rules of the house, and beside them along the drawn diagram. */
export async function walkPromiseRules(
  times: number,
  seed: number,
  rule: typeof afterDeed = afterDeed,
): Promise<WalkedRules> {
  const diagram = await diagramOf('promise');
  const chance = chanceOf(seed);
  const reached: Record<string, number> = Object.fromEntries(promiseStates.map((state) => [state, 0]));
  const named = new Set([...diagram.values()].flatMap((ways) => [...ways.keys()]));
  const disagreements: string[] = promiseDeeds
    .filter((deed) => !named.has(deed))
    .map((deed) => `the page does not draw ${deed}`);
  let refused = 0;
  for (let sequence = 0; sequence < times; sequence++) {
    // What only sources tell is walked too: it never moves.
    let state: PromiseState = sequence % 20 === 0 ? 'not-known' : 'said';
    const told: string[] = [];
    for (let step = 0; step < length; step++) {
      const deed = drawn(promiseDeeds, chance);
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
