import { isLanguage } from '#platform/i18n/languages.ts';
import { readable } from '../../input.ts';
import { parseWhen } from '../../when/input.ts';
import type { ToldDay, WhenPart, WhenProblem } from '../../when/model.ts';
import { wayIn, type Way } from './model.ts';

export type Typed = Readonly<Record<string, string>>;
export const longest = { name: 200, words: 2_000 };
const mostTyped = 5_000;

const parts: readonly WhenPart[] = ['day', 'month', 'year', 'around'];
const fields = new Set([
  ...['since', 'until'].flatMap((prefix) => parts.map((part) => `${prefix}-${part}`)),
  'relation',
  'way',
  'other',
  'which',
  'words',
  'language',
]);

export type SayingProblemReason = WhenProblem | 'missing' | 'too_long';

export interface SayingProblem {
  readonly field: string;
  readonly reason: SayingProblemReason;
}

export interface Words {
  readonly language: string;
  readonly text: string;
}

/** A relation as it was said in a form: the other by name, with what was answered to 'is it this one?'. */
export interface AskedRelation {
  readonly way: Way;
  readonly other: string;
  readonly which: string;
  readonly since: ToldDay;
  readonly until: ToldDay;
  readonly words: Words | null;
}

const tidy = (value: string) => readable(value.toWellFormed().replace(/\r\n?/g, '\n')).trim();

/** What was typed, as it can be shown again. */
export function typedIn(form: FormData): Typed {
  const typed: Record<string, string> = {};
  for (const name of new Set(form.keys())) {
    const given = form.get(name);
    if (fields.has(name) && typeof given === 'string') typed[name] = tidy(given.slice(0, mostTyped));
  }
  return typed;
}

type Parsed<Asked> = { readonly asked: Asked | null; readonly problems: readonly SayingProblem[] };

function whenIn(typed: Typed, prefix: 'since' | 'until', problems: SayingProblem[]): ToldDay | null {
  const when = parseWhen((part) => typed[`${prefix}-${part}`] ?? '');
  if (when.ok) return when.told;
  problems.push({ field: `${prefix}-${when.part}`, reason: when.reason });
  return null;
}

function wordsIn(typed: Typed, problems: SayingProblem[]): Words | null {
  const text = typed.words ?? '';
  if ([...text].length > longest.words) problems.push({ field: 'words', reason: 'too_long' });
  const language = isLanguage(typed.language ?? '') ? (typed.language ?? 'nl') : 'nl';
  return text === '' ? null : { language, text };
}

/** The relation that was said, or everything that could not be taken of it. */
export function parseRelation(typed: Typed): Parsed<AskedRelation> {
  const problems: SayingProblem[] = [];
  const way = wayIn(typed.way ?? '');
  if (!way) problems.push({ field: 'way', reason: 'missing' });
  const other = (typed.other ?? '').replace(/\s+/g, ' ');
  if (other === '') problems.push({ field: 'other', reason: 'missing' });
  if ([...other].length > longest.name) problems.push({ field: 'other', reason: 'too_long' });
  const since = whenIn(typed, 'since', problems);
  const until = whenIn(typed, 'until', problems);
  const words = wordsIn(typed, problems);
  if (problems.length > 0 || !way || !since || !until) return { asked: null, problems };
  return { asked: { way, other, which: typed.which ?? '', since, until, words }, problems };
}

/** What one side says of a relation that is told: their own words, or nothing. */
export function parseAnswer(typed: Typed): Parsed<{ readonly words: Words | null }> {
  const problems: SayingProblem[] = [];
  const words = wordsIn(typed, problems);
  return { asked: problems.length > 0 ? null : { words }, problems };
}

/** When a relation ended; it has to be said at least by its year. */
export function parseEnd(typed: Typed): Parsed<{ readonly until: ToldDay; readonly words: Words | null }> {
  const problems: SayingProblem[] = [];
  const until = whenIn(typed, 'until', problems);
  if (until?.day === null) problems.push({ field: 'until-year', reason: 'missing' });
  const words = wordsIn(typed, problems);
  return { asked: problems.length > 0 || !until ? null : { until, words }, problems };
}
