import { keyIn, wordsIn } from '#platform/form.ts';
import { ok, type Result } from '#platform/result.ts';
import { refused } from '#platform/result.ts';
import { limits } from '../model.ts';
import { longestRendering, mostBytesSpoken, sayable, type SayingReason } from './model.ts';

const languageIn = (form: FormData): string | null =>
  /^[a-z]{2}$/.exec(wordsIn(form, 'language'))?.[0] ?? null;

const countIn = (form: FormData, name: string): number | null => {
  const word = wordsIn(form, name);
  return /^\d{1,3}$/.test(word) ? Number(word) : null;
};

/** What someone wants to say in a step: who on this phone, in which language, and from which position of a dilemma. */
export interface Saying {
  readonly who: string;
  readonly step: number;
  readonly language: string;
  readonly text: string;
  readonly side: number | null;
  /** Said that it may be shown although it may tell of someone: then the facilitator looks first. */
  readonly anyway: boolean;
}

/** Reads what is said, in words. */
export function parseSaying(form: FormData): Result<Saying, SayingReason> {
  const words = sayable(wordsIn(form, 'text'));
  return words.ok ? parseAround(form, words.value) : words;
}

/** Reads what goes with a voice; the words may be there already, so that it is read as well as heard. */
export function parseSpeaking(form: FormData): Result<Saying & { readonly file: File }, SayingReason> {
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return refused('empty');
  if (file.size > mostBytesSpoken) return refused('voice_too_big');
  const text = wordsIn(form, 'text');
  if (text.length > limits.statement) return refused('too_long', { most: limits.statement });
  const around = parseAround(form, text);
  // Nobody speaks twice because of what they wrote beside it: the facilitator looks first.
  return around.ok ? ok({ ...around.value, file, anyway: true }) : around;
}

function parseAround(form: FormData, text: string): Result<Saying, SayingReason> {
  const [who, step, language] = [keyIn(form, 'who'), countIn(form, 'step'), languageIn(form)];
  if (!who || !step) return refused('not_here');
  if (!language) return refused('no_language');
  return ok({ who, step, language, text, side: countIn(form, 'side'), anyway: form.has('anyway') });
}

/** Which statement a form is about; null when it is about none. */
export const parseStatement = (form: FormData): string | null => keyIn(form, 'statement');

export interface Rendering {
  readonly who: string;
  readonly statement: string;
  readonly language: string;
  readonly text: string;
  readonly signs: boolean;
}

/** Reads a statement in another language. */
export function parseRendering(form: FormData): Result<Rendering, SayingReason> {
  const [who, statement, language] = [keyIn(form, 'who'), keyIn(form, 'statement'), languageIn(form)];
  if (!who || !statement) return refused('not_here');
  if (!language) return refused('no_language');
  const words = sayable(wordsIn(form, 'text'), longestRendering);
  return words.ok ? ok({ who, statement, language, text: words.value, signs: form.has('signs') }) : words;
}

/** Reads what a voice said, as someone wrote it down. */
export function parseWrittenDown(
  form: FormData,
): Result<{ readonly statement: string; readonly text: string }, SayingReason> {
  const statement = parseStatement(form);
  if (!statement) return refused('not_here');
  const words = sayable(wordsIn(form, 'text'));
  return words.ok ? ok({ statement, text: words.value }) : words;
}
