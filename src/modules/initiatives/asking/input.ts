import { isMunicipalityCode, isProvinceCode } from '#modules/places/model.ts';
import type { Day } from '#platform/clock.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { readable } from '../input.ts';
import { themes } from '../model.ts';
import {
  answers,
  askingWishes,
  choices,
  type Answer,
  type AskingWish,
  type CampaignWish,
  type Region,
  type Since,
} from './model.ts';

export interface AskingProblem {
  readonly field: string;
  readonly reason: MessageKey;
}

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly AskingProblem[] };

/** Reads from a form or an address; what is absent or no text is empty. */
export type Given = Pick<FormData | URLSearchParams, 'get' | 'getAll'>;

const word = (given: Given, name: string): string => {
  const value = given.get(name);
  return typeof value === 'string' ? readable(value).trim().normalize('NFC').toWellFormed() : '';
};
const oneOf = <Option extends string>(options: readonly Option[], given: string): Option | null =>
  options.find((option) => option === given) ?? null;

/** Which of the three answers is named; null when it is none of them. */
export function parseAnswer(given: string | null): Answer | null {
  return oneOf(answers, given ?? '');
}

/** How often an initiative wishes to be asked; null when no wish is named. */
export function parseAskingWish(given: Given): AskingWish | null {
  return oneOf(askingWishes, word(given, 'wish'));
}

/** What someone wrote in their own words, in any language; empty text is null. */
export function parseSaid(given: Given, most = 2000): Parsed<string | null> {
  const said = word(given, 'said');
  if (said.length > most)
    return { ok: false, problems: [{ field: 'said', reason: 'asking.problem.said.long' }] };
  return { ok: true, value: said === '' ? null : said };
}

/** Since when an initiative stopped: a year, a year and a month, or not said, which counts as today at the latest. */
export function parseSince(given: Given, today: Day): Parsed<Since> {
  const year = word(given, 'year');
  const month = word(given, 'month');
  const wrong = (field: string, reason: MessageKey): Parsed<Since> => ({
    ok: false,
    problems: [{ field, reason }],
  });
  if (year === '' && month === '') return { ok: true, value: { day: today, precision: 'at-latest' } };
  if (!/^(19|20)\d\d$/.test(year)) return wrong('year', 'asking.problem.year');
  if (month !== '' && !/^(0[1-9]|1[0-2])$/.test(month)) return wrong('month', 'asking.problem.month');
  const day = `${year}-${month === '' ? '01' : month}-01`;
  if (day > today) return wrong('year', 'asking.problem.later');
  return { ok: true, value: { day, precision: month === '' ? 'year' : 'month' } };
}

/** 'province:PV25', 'municipality:GM0202' or 'all:' as a region; null when it is none. */
export function parseRegion(given: string): Region | null {
  const [kind = '', id = ''] = given.split(':', 2);
  if (kind === 'all' && id === '') return { kind, id };
  if (kind === 'province' && isProvinceCode(id)) return { kind, id };
  return kind === 'municipality' && isMunicipalityCode(id) ? { kind, id } : null;
}

/** The questions of a campaign: where, about what and whom, and what its maker calls it. */
export function parseCampaign(given: Given, named = true): Parsed<CampaignWish> {
  const problems: AskingProblem[] = [];
  const name = word(given, 'name');
  const region = parseRegion(word(given, 'region'));
  const theme = oneOf(themes, word(given, 'theme'));
  const which = oneOf(choices, word(given, 'which')) ?? 'all';
  if (named && name === '') problems.push({ field: 'name', reason: 'verifying.desk.problem.name' });
  if (name.length > 120) problems.push({ field: 'name', reason: 'verifying.desk.problem.long' });
  if (!region) problems.push({ field: 'region', reason: 'verifying.desk.problem.region' });
  if (problems.length > 0 || !region) return { ok: false, problems };
  return { ok: true, value: { name, region, theme, which } };
}
