import {
  isMunicipalityCode,
  isProvinceCode,
  type MunicipalityCode,
  type ProvinceCode,
} from '#modules/places/model.ts';
import { isDay, today, type Day } from '#platform/clock.ts';
import type { WrongParameter } from '#platform/http/problem.ts';
import { kinds } from '../model.ts';
import type { ChainWishes } from './chains/model.ts';
import type { NetworkWishes } from './layout/model.ts';

/** Reads `day`, `place` (PV or GM code), `kind` and `page` of an address, kindly: today, everywhere, all kinds, the first page. */
export function parseNetworkWishes(asked: URLSearchParams): NetworkWishes {
  const place = asked.get('place') ?? '';
  const kind = kinds.find((one) => one === asked.get('kind')) ?? null;
  const page = /^[1-9]\d{0,3}$/.exec(asked.get('page') ?? '');
  return {
    day: kindDay(asked),
    place: isProvinceCode(place) || isMunicipalityCode(place) ? place : null,
    kind,
    page: page ? Number(page[0]) : 1,
  };
}

/** Reads `from`, `to` and `day` of an address, kindly; the words may be empty and are at most 120 signs. */
export function parseChainWishes(asked: URLSearchParams): ChainWishes {
  return { from: words(asked.get('from')), to: words(asked.get('to')), day: kindDay(asked) };
}

/** Reads `province` and `municipality` of an address, kindly; a municipality goes before a province. */
export function parseBlindSpotWishes(asked: URLSearchParams): {
  readonly province: ProvinceCode | null;
  readonly municipality: MunicipalityCode | null;
} {
  const [province, municipality] = [asked.get('province') ?? '', asked.get('municipality') ?? ''];
  return {
    province: isProvinceCode(province) ? province : null,
    municipality: isMunicipalityCode(municipality) ? municipality : null,
  };
}

const kindDay = (asked: URLSearchParams): Day => {
  const day = asked.get('day') ?? '';
  return isDay(day) ? day : today();
};

// Signs nobody sees have no place in a name, and could turn the direction of the page.
const unseen = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const words = (text: string | null) =>
  [...(text ?? '').slice(0, 500).replace(unseen, '').replace(/\s+/gu, ' ').trim()].slice(0, 120).join('');

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: readonly WrongParameter[] };

/** What a program asks of the chains: from an entry, to an entry or (null) to the formal system, on a day. */
export interface ChainQuestion {
  readonly from: string;
  readonly to: string | null;
  readonly asOf: Day;
}

const slugShape = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const isSlug = (word: string) => word.length <= 120 && slugShape.test(word);

/** Reads `from`, `to` and `asOf` strictly, and names every wrong one. */
export function parseChainQuestion(asked: URLSearchParams): Read<ChainQuestion> {
  const [from, to] = [asked.get('from') ?? '', asked.get('to')];
  const asOf = readAsOf(asked);
  const errors: WrongParameter[] = [...twice(asked, ['from', 'to', 'asOf']), ...asOf.errors];
  if (from === '')
    errors.push({ name: 'from', reason: 'is missing: the slug of the entry where the chain begins' });
  else if (!isSlug(from))
    errors.push({
      name: 'from',
      reason: 'is not a slug: small letters a-z, digits and single hyphens, at most 120',
    });
  if (to !== null && to !== '' && !isSlug(to)) {
    errors.push({ name: 'to', reason: 'is not a slug; leave it out to ask for chains to the formal system' });
  }
  if (from !== '' && from === to) errors.push({ name: 'to', reason: 'is the same entry as from' });
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, value: { from, to: to || null, asOf: asOf.day } };
}

/** Reads `asOf` strictly; without it today. */
export function parseAsOf(asked: URLSearchParams): Read<Day> {
  const asOf = readAsOf(asked);
  const errors = [...twice(asked, ['asOf']), ...asOf.errors];
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: asOf.day };
}

function readAsOf(asked: URLSearchParams): { readonly day: Day; readonly errors: readonly WrongParameter[] } {
  const given = asked.get('asOf');
  if (given === null || given === '') return { day: today(), errors: [] };
  if (isDay(given)) return { day: given, errors: [] };
  return {
    day: today(),
    errors: [{ name: 'asOf', reason: 'is not a day that exists, written as YYYY-MM-DD' }],
  };
}

const twice = (asked: URLSearchParams, names: readonly string[]): WrongParameter[] =>
  names
    .filter((name) => asked.getAll(name).length > 1)
    .map((name) => ({ name, reason: 'is given more than once' }));
