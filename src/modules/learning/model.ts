import type { Words } from '../sessions/model.ts';

/** Whether something that was told waits for somebody to look, is open to everyone, or was given back to who told it. */
export type Standing = 'waiting' | 'open' | 'returned';

/** Under which name something stands, and whether it goes along when who told it leaves; no name is a name too. */
export interface Signing {
  readonly called: string | null;
  readonly goesAlong: boolean;
}

/** What anyone may read beside something: by kind, and by its name in the address. */
export interface Beside<Kind extends string = string> {
  readonly kind: Kind;
  readonly slug: string;
}

/** Words in one language as the field keeps them; empty words are not said. */
export const inOne = (language: string, text: string): Words => (text === '' ? {} : { [language]: text });

/** What could not be taken of a form: which question, and why; both have messages. */
export interface TellProblem {
  readonly field: string;
  readonly reason:
    | 'learning.problem.missing'
    | 'learning.problem.long'
    | 'learning.problem.day'
    | 'learning.problem.unknown';
  readonly found?: string;
}

/** What stands in a form again when something of it could not be taken. */
export interface Typed {
  readonly typed: Readonly<Record<string, string>>;
  readonly themes: readonly string[];
  readonly problems: readonly TellProblem[];
}
