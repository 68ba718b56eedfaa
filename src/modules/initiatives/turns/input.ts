import { isLanguage } from '#platform/i18n/languages.ts';
import { readable } from '../input.ts';
import { scopes, type Scope } from '../model.ts';
import { parseWhen } from '../when/input.ts';
import type { ToldDay, WhenProblem } from '../when/model.ts';
import { turnKinds, type TurnKind, type Words } from './model.ts';
import { mostOthers } from './page/model.ts';

/** What was typed in the form, by field; it comes back as it was when something could not be taken. */
export type Typed = Readonly<Record<string, string>>;

export const longest = { name: 200, words: 2_000, source: 500, place: 100 };
const mostTyped = 5_000;

const fields = new Set([
  ...['day', 'month', 'year', 'around'].map((part) => `when-${part}`),
  ...Array.from({ length: mostOthers }, (_, at) => [`other-${at}`, `which-${at}`]).flat(),
  'name',
  'formality',
  'scope',
  'place',
  'goesOn',
  'into',
  'words',
  'language',
  'source',
  'anyway',
]);

export type TurnProblemReason =
  WhenProblem | 'missing' | 'too_long' | 'not_a_source' | 'only_one' | 'others_needed';

export interface TurnProblem {
  readonly field: string;
  readonly reason: TurnProblemReason;
}

/** Another by the name that was written, with what was answered to 'is it this one?': an address, 'new', or nothing yet. */
export interface AskedParty {
  readonly field: string;
  readonly name: string;
  readonly which: string;
}

/** A turn as it was asked in a form: the others by their names, the place in words. */
export interface AskedTurn {
  readonly kind: TurnKind;
  readonly when: ToldDay;
  readonly name: string;
  readonly formality: number | null;
  readonly scope: Scope | null;
  readonly place: string;
  readonly others: readonly AskedParty[];
  readonly goesOn: boolean;
  readonly into: 'us' | 'them' | 'new' | null;
  readonly words: Words | null;
  readonly sources: readonly string[];
  /** Whether relations that do not fit may go. */
  readonly anyway: boolean;
}

/** A word of an address as a turn that can be told. */
export function turnKindIn(word: string): TurnKind | null {
  return turnKinds.find((kind) => kind === word) ?? null;
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

/** The turn that was typed, or everything that could not be taken of it. Who had part in it is not asked `again`. */
export function parseTurn(
  kind: TurnKind,
  typed: Typed,
  again = false,
): { readonly asked: AskedTurn | null; readonly problems: readonly TurnProblem[] } {
  const problems: TurnProblem[] = [];
  const tell = (field: string, reason: TurnProblemReason) => problems.push({ field, reason });
  const said = (field: string, most: number): string => {
    const given = typed[field] ?? '';
    if ([...given].length > most) tell(field, 'too_long');
    return given;
  };
  const when = parseWhen((part) => typed[`when-${part}`] ?? '');
  if (!when.ok) tell(`when-${when.part}`, when.reason);
  const name = said('name', longest.name).replace(/\s+/g, ' ');
  const into = (['us', 'them', 'new'] as const).find((way) => way === typed.into) ?? null;
  const others = othersIn(kind, said);
  const words = said('words', longest.words);
  const source = said('source', longest.source);
  if (source !== '' && !isSource(source)) tell('source', 'not_a_source');
  const place = said('place', longest.place);
  if (kind === 'moved' && place === '') tell('place', 'missing');
  if (kind === 'renamed' && name === '') tell('name', 'missing');
  if (kind === 'changed' && words === '') tell('words', 'missing');
  if (!again) for (const problem of othersMissing(kind, typed, others, into)) problems.push(problem);
  const language = isLanguage(typed.language ?? '') ? (typed.language ?? 'nl') : 'nl';
  if (problems.length > 0 || !when.ok) return { asked: null, problems };
  return {
    problems,
    asked: {
      kind,
      when: when.told,
      name,
      formality: /^[1-5]$/.test(typed.formality ?? '') ? Number(typed.formality) : null,
      scope: scopes.find((scope) => scope === typed.scope) ?? null,
      place,
      others,
      goesOn: kind === 'split' ? typed.goesOn === 'yes' : into === 'us',
      into,
      words: words === '' ? null : { language, text: words },
      sources: source === '' ? [] : [source],
      anyway: typed.anyway === 'yes',
    },
  };
}

function othersMissing(
  kind: TurnKind,
  typed: Typed,
  others: readonly AskedParty[],
  into: AskedTurn['into'],
): TurnProblem[] {
  if (kind !== 'split' && kind !== 'merged') return [];
  const merged = kind === 'merged';
  return [
    ...(others.length === 0 ? [{ field: 'other-0', reason: 'others_needed' as const }] : []),
    ...(!merged && typed.goesOn !== 'yes' && typed.goesOn !== 'no'
      ? [{ field: 'goesOn', reason: 'missing' as const }]
      : []),
    ...(merged && into === null ? [{ field: 'into', reason: 'missing' as const }] : []),
    ...(merged && into === 'new' && !typed.name ? [{ field: 'name', reason: 'missing' as const }] : []),
    ...(merged && into === 'them' && others.length > 1
      ? [{ field: 'other-1', reason: 'only_one' as const }]
      : []),
  ];
}

function othersIn(kind: TurnKind, said: (field: string, most: number) => string): AskedParty[] {
  if (kind !== 'split' && kind !== 'merged') return [];
  return Array.from({ length: mostOthers }, (_, at) => ({
    field: `other-${at}`,
    name: said(`other-${at}`, longest.name).replace(/\s+/g, ' '),
    which: said(`which-${at}`, 120),
  })).filter(({ name }) => name !== '');
}

function isSource(given: string): boolean {
  if (!URL.canParse(given) || /\s/.test(given)) return false;
  const { protocol, hostname, username, password } = new URL(given);
  return /^https?:$/.test(protocol) && hostname.includes('.') && username === '' && password === '';
}
