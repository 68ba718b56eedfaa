import { keyIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { parseGiven, parseStance, type GivenProblem } from '../margin/input.ts';
import type { Given, Stance } from '../margin/model.ts';
import { answers, type Answer } from '../model.ts';

/** What somebody answers, with the words they give where that is their answer. */
export type Answered =
  | { readonly answer: 'agree' }
  | { readonly answer: 'out' }
  | { readonly answer: 'own-words'; readonly given: Given }
  | { readonly answer: 'remark'; readonly given: Given; readonly stance: Stance; readonly paragraph: string };

/** Reads an answer to how someone is used; words are asked for only where they are the answer. */
export function parseAnswered(form: FormData): Result<Answered, GivenProblem | 'no-answer'> {
  const answer: Answer | undefined = answers.find((each) => each === form.get('answer'));
  if (answer === undefined) return refused('no-answer');
  if (answer === 'agree' || answer === 'out') return ok({ answer });
  const given = parseGiven(form);
  if (!given.ok) return given;
  if (answer === 'own-words') return ok({ answer, given: given.value });
  const paragraph = keyIn(form, 'paragraph');
  if (paragraph === null) return refused('no-answer');
  return ok({ answer, given: given.value, stance: parseStance(form), paragraph });
}
