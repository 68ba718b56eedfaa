import { parsePlaceWords, parsePoint } from '#modules/places/input.ts';
import { precisions } from '#modules/places/model.ts';
import type { Day } from '#platform/clock.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { readable } from '../input.ts';
import { entryFields, keptReasons, kinds, leads, phases, scopes, themes, visibilities } from '../model.ts';
import { parseWhen } from '../when/input.ts';
import { whenParts } from '../when/model.ts';
import {
  asked,
  coreQuestions,
  questions,
  usualVisibility,
  word,
  type Answers,
  type Done,
  type KeptBack,
  type Problem,
  type ProblemReason,
  type Since,
  type Typed,
} from './model.ts';

const fields = new Set<string>([
  ...questions.flatMap((question) => asked[question] as readonly string[]),
  'when',
  ...whenParts.map((part) => `when-${part}`),
  'pointShown',
]);
const severalFields: ReadonlySet<string> = new Set(['phase', 'theme', 'language']);
const mostTyped = 20_000;
export const longest = { name: 200, place: 100, text: 2_000, audiences: 10, audience: 80, website: 500 };

/** A text as a form would send it, without what nobody can see. */
export const tidy = (value: string): string => readable(value.toWellFormed().replace(/\r\n?/g, '\n')).trim();

/**
 * What was typed in a form, as it can be shown again: signs that nobody can see are left out of it, and told of in
 * `unreadable`, the names of the fields they stood in.
 */
export function typedIn(form: FormData): { typed: Typed; unreadable: readonly string[] } {
  const typed: Record<string, string[]> = {};
  const unreadable: string[] = [];
  for (const name of new Set(form.keys())) {
    if (!fields.has(name)) continue;
    const given = form.getAll(name).flatMap((value) => (typeof value === 'string' ? value : []));
    const values = (severalFields.has(name) ? given.slice(0, 60) : given.slice(0, 1)).map((value) =>
      value.slice(0, mostTyped),
    );
    if (values.some((value) => readable(value) !== value || !value.isWellFormed())) unreadable.push(name);
    typed[name] = values.map(tidy).filter((value) => value !== '');
  }
  return { typed, unreadable };
}

/** What was kept of a form earlier, as JSON; null where it is no such thing. */
export function typedEarlier(kept: unknown): Typed | null {
  if (typeof kept === 'string') {
    try {
      return typedEarlier(JSON.parse(kept));
    } catch {
      return null;
    }
  }
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null;
  return Object.fromEntries(
    Object.entries(kept).filter(
      (entry): entry is [string, string[]] =>
        fields.has(entry[0]) &&
        Array.isArray(entry[1]) &&
        entry[1].every((value) => typeof value === 'string' && value.length <= mostTyped),
    ),
  );
}

// People write numbers on the keyboard of their language.
const latinDigits = (text: string) =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

const oneOf = <Option extends string, Other>(
  options: readonly Option[],
  given: string,
  otherwise: Other,
): Option | Other => options.find((option) => option === given) ?? otherwise;

/** The answers that were typed, and what could not be taken; where something is wrong, `answers` holds the nearest that can be. */
export function parseAnswers(
  typed: Typed,
  unreadable: readonly string[],
  today: Day,
): { answers: Answers; problems: readonly Problem[] } {
  const problems: Problem[] = unreadable.map((field) => ({ field, reason: 'unreadable' }));
  const tell = (field: string, reason: ProblemReason, most?: number) => {
    if (!problems.some((problem) => problem.field === field))
      problems.push({ field, reason, ...(most !== undefined && { most }) });
  };
  const words = (field: string, most: number): string => {
    const given = word(typed, field);
    if ([...given].length > most) tell(field, 'too_long', most);
    return given;
  };
  const ticked = <Option extends string>(field: string, options: readonly Option[]): Option[] =>
    options.filter((option) => typed[field]?.includes(option));
  const checked = (
    field: string,
    given: string | null,
    holds: (given: string) => boolean,
    reason: ProblemReason,
  ) => {
    if (given !== null && !holds(given)) tell(field, reason);
    return given;
  };

  const name = words('name', longest.name).replace(/\s+/g, ' ');
  if (name === '') tell('name', 'missing');
  const placeWords = parsePlaceWords(words('place', longest.place));
  if (!placeWords.ok)
    tell('place', placeWords.reason === 'places.problem.words_missing' ? 'missing' : 'unreadable');
  const precision = oneOf(precisions, word(typed, 'precision'), 'town' as const);
  const givenPoint = latinDigits(word(typed, 'point'));
  const [lat, lon] = givenPoint.split(/[,;\s]+/);
  const point = givenPoint === '' ? null : parsePoint(lat, lon);
  if (point && !point.ok) tell('point', 'not_a_point');
  if (!point && (precision === 'exact' || precision === 'street') && word(typed, 'pointShown') !== 'no')
    tell('point', 'point_missing');
  const audiences = word(typed, 'audiences')
    .split(/[,;،、፣፡\n]/)
    .map((each) => each.replace(/\s+/g, ' ').trim())
    .filter((each, at, all) => each !== '' && all.indexOf(each) === at);
  if (audiences.length > longest.audiences) tell('audiences', 'too_many', longest.audiences);
  if (audiences.some((each) => [...each].length > longest.audience))
    tell('audiences', 'too_long', longest.audience);
  const text = words('text', longest.text);
  const since = parseYear(typed, today, tell);
  const website = checked(
    'website',
    websiteOf(words('website', longest.website)),
    isWebsite,
    'not_a_website',
  );
  const mail = checked('mail', word(typed, 'mail').toLowerCase() || null, isOpenMail, 'not_a_mail');
  const phone = checked(
    'phone',
    latinDigits(word(typed, 'phone')) || null,
    (given) => /^[+0-9][0-9 ()/.-]{4,29}$/.test(given),
    'not_a_phone',
  );
  const answers: Answers = {
    name,
    place: { words: placeWords.ok ? placeWords.value : '', point: point?.ok ? point.value : null, precision },
    text: text === '' ? null : { language: languageOf(word(typed, 'textLanguage')), words: text },
    kind: oneOf(kinds, word(typed, 'kind'), 'initiative' as const),
    scope: oneOf(scopes, word(typed, 'scope'), null),
    phases: ticked('phase', phases),
    themes: ticked('theme', themes),
    audiences,
    languages: (typed.language ?? []).filter((code) => languageCode.test(code)),
    ledBy: oneOf(leads, word(typed, 'ledBy'), 'not-said' as const),
    formality: /^[1-5]$/.test(word(typed, 'formality')) ? Number(word(typed, 'formality')) : null,
    since,
    website,
    mail,
    phone,
    visibility: oneOf(visibilities, word(typed, 'visibility'), 'public' as const),
    keptBack: keptBackIn(typed),
  };
  return { answers, problems };
}

const languageCode = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/;
const languageOf = (given: string) => (languageCode.test(given) ? given : 'nl');
const isOpenMail = (given: string) => isMailAddress(given) && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(given);

/** The address of a page as it was meant: without a scheme it is https. */
function websiteOf(given: string): string | null {
  if (given === '') return null;
  return /^[a-z][a-z0-9+.-]*:/i.test(given) && !/^[^:/]+\.[^:/]+:\d/.test(given) ? given : `https://${given}`;
}

function isWebsite(given: string): boolean {
  if (!URL.canParse(given) || /\s/.test(given)) return false;
  const { protocol, hostname, username, password } = new URL(given);
  return /^https?:$/.test(protocol) && hostname.includes('.') && username === '' && password === '';
}

function parseYear(
  typed: Typed,
  today: Day,
  tell: (field: string, reason: ProblemReason) => void,
): Answers['since'] {
  const precision = oneOf(['year', 'around'] as const, word(typed, 'since'), null);
  const given = latinDigits(word(typed, 'sinceYear'));
  if (given === '') {
    if (precision) tell('sinceYear', 'missing');
    return null;
  }
  if (!/^\d{4}$/.test(given) || given < '1500' || given > today.slice(0, 4)) {
    tell('sinceYear', 'not_a_year');
    return null;
  }
  // Who writes a year means it, also when the answer beside it still stands on 'not known'.
  return { day: `${given}-01-01`, precision: precision ?? 'year' };
}

function keptBackIn(typed: Typed): KeptBack[] {
  return entryFields.flatMap((field) => {
    const visibility = oneOf(visibilities, word(typed, `show-${field}`), usualVisibility(field));
    const reason = oneOf(keptReasons, word(typed, `why-${field}`), null);
    if (visibility === usualVisibility(field) && (visibility === 'public' || reason === null)) return [];
    return [{ field, visibility, reason: reason ?? ('not-said' as const) }];
  });
}

/** Since when a change is so, as it was answered; null when it was not. */
export function parseSince(typed: Typed, today: Day): { since: Since | null; problem: Problem | null } {
  const answer = word(typed, 'when');
  if (answer === 'wrong') return { since: { kind: 'wrong' }, problem: null };
  if (answer === 'today') return { since: { kind: 'day', day: today, precision: 'day' }, problem: null };
  if (answer !== 'since') return { since: null, problem: { field: 'when', reason: 'when_missing' } };
  const read = parseWhen((part) => word(typed, `when-${part}`));
  if (!read.ok) return { since: null, problem: { field: `when-${read.part}`, reason: read.reason } };
  const { day, precision } = read.told;
  if (day === null) return { since: null, problem: { field: 'when-year', reason: 'year_needed' } };
  if (day > today) return { since: null, problem: { field: 'when-year', reason: 'in_future' } };
  return { since: { kind: 'day', day, precision }, problem: null };
}

const deeds = ['saved', 'right', 'laid', 'withdrawn', 'back', 'taken'] as const;

/** What an address says was done a moment ago: '?saved&waits=name,website'. */
export function parseDone(query: URLSearchParams): Done {
  const named = (name: string) => {
    const given = (query.get(name) ?? '').split(',');
    return questions.filter((question) => given.includes(question));
  };
  const waits = named('waits');
  return {
    what: deeds.find((deed) => query.has(deed)) ?? null,
    waits: coreQuestions.filter((question) => waits.includes(question)),
    theirs: named('theirs'),
  };
}
