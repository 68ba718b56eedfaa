import { wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { languages } from '#platform/i18n/languages.ts';
import { offeredLanguages } from '../initiatives/keeping/model.ts';
import type { Words } from './model.ts';

/** What is wrong in a form: under which question, and why. */
export interface PoolProblem {
  readonly field: string;
  readonly reason: MessageKey;
}

/** Hours as someone types them ('1,5', '2'), in minutes by quarters of an hour; null where that cannot be read or is out of reach. */
export function minutesIn(text: string, most = 100): number | null {
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(text)) return null;
  const minutes = Math.round(Number(text.replace(',', '.')) * 60);
  return minutes % 15 === 0 && minutes >= 15 && minutes <= most * 60 ? minutes : null;
}

/** Euros as someone types them ('25', '25,50', '€ 1 500'), in cents; null where that cannot be read or is more than `most` euros. */
export function centsIn(text: string, most: number): number | null {
  const plain = text.replace(/[\s€]/g, '').replace(',', '.');
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(plain)) return null;
  const cents = Math.round(Number(plain) * 100);
  return cents <= most * 100 ? cents : null;
}

/** A whole number between two others, or null. */
export const wholeIn = (text: string, least: number, most: number): number | null =>
  /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

/** The codes of offered languages that were ticked, each once, at most twelve. */
export const languagesIn = (form: FormData, name: string): string[] =>
  offeredLanguages.filter((code) => form.getAll(name).includes(code)).slice(0, 12);

/** The words someone typed per language under `name-<language>`, empty ones left out. */
export const perLanguage = (form: FormData, name: string, lines = false): Words =>
  Object.fromEntries(
    languages
      .map((each) => [each, wordsIn(form, `${name}-${each}`, lines)] as const)
      .filter(([, text]) => text !== ''),
  );
