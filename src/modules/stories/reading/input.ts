import { ok, refused, type Result } from '#platform/result.ts';
import { readable } from '../../initiatives/input.ts';
import { readingPrompts, type ReadingPrompt } from '../model.ts';

export interface GivenReading {
  readonly prompt: ReadingPrompt;
  readonly words: string;
  readonly forTeller: boolean;
}

const mostLetters = 5_000;

/** What a form answers to one of the questions about a telling; refuses no words, too many, and a question nobody asked. */
export function parseReading(form: FormData): Result<GivenReading, 'reading_empty' | 'reading_too_long'> {
  const text = (name: string) => {
    const given = form.get(name);
    return typeof given === 'string' ? given : '';
  };
  const prompt = readingPrompts.find((one) => one === text('prompt'));
  const words = readable(text('words')).replace(/\r\n?/g, '\n').normalize('NFC').trim();
  if (!prompt || words === '') return refused('reading_empty');
  if (words.length > mostLetters) return refused('reading_too_long');
  return ok({ prompt, words, forTeller: text('forTeller') === 'yes' });
}
