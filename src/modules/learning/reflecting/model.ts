import { ok, refused, type Result } from '#platform/result.ts';
import type { Day } from '#platform/clock.ts';

/** At oneself and one's own group, or at working with others. */
export const facings = ['internal', 'external'] as const;
export type Facing = (typeof facings)[number];

/** What a question to reflect on is about. */
export const matters = ['alterity', 'power', 'help', 'equality'] as const;
export type Matter = (typeof matters)[number];

/** A question to reflect on; its words stand in the messages as `reflecting.prompt.<facing>.<about>`. */
export interface Prompt {
  readonly facing: Facing;
  readonly about: Matter;
}
export const prompts: readonly Prompt[] = facings.flatMap((facing) =>
  matters.map((about) => ({ facing, about })),
);

/** What someone wrote for themselves at a question. */
export interface Reflection extends Prompt {
  readonly id: string;
  readonly language: string;
  readonly words: string;
  readonly on: Day;
}

export const longestReflection = 5_000;

/** Words that can be kept, or why not. */
export function keepable(words: string): Result<string, 'empty' | 'too-long'> {
  if (words === '') return refused('empty');
  return [...words].length > longestReflection
    ? refused('too-long', { longest: longestReflection })
    : ok(words);
}

/** What someone wrote at this question, from the first to the newest, so that it reads as a way gone. */
export const atPrompt = (all: readonly Reflection[], { facing, about }: Prompt): Reflection[] =>
  all
    .filter((each) => each.facing === facing && each.about === about)
    .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : one.id < other.id ? -1 : 1));
