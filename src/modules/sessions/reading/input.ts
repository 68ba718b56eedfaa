import { readable } from '../../initiatives/input.ts';
import { sessionKinds } from '../model.ts';
import type { SessionWish } from './model.ts';

/** Reads what someone looks for from an address. Nothing throws; what cannot be is as if it was not asked. */
export function parseSessionWish(query: URLSearchParams): SessionWish {
  const word = (name: string) => readable(query.get(name) ?? '').trim();
  return {
    q: word('q').normalize('NFC').replace(/\s+/gu, ' ').slice(0, 100),
    kind: sessionKinds.find((kind) => kind === word('kind')) ?? null,
    province: /^PV\d{2}$/.test(word('province')) ? word('province') : null,
    page: /^[1-9]\d{0,4}$/.test(word('page')) ? Number(word('page')) : 1,
  };
}
