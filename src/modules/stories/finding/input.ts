import { readable } from '../../initiatives/input.ts';
import { themes } from '../../initiatives/model.ts';
import { rolesThen } from '../model.ts';
import type { StoryWish } from './model.ts';

/** Reads what someone looks for from an address. Nothing throws; what cannot be is as if it was not asked. */
export function parseStoryWish(query: URLSearchParams): StoryWish {
  const word = (name: string) => readable(query.get(name) ?? '').trim();
  const like = (name: string, form: RegExp) => (form.test(word(name)) ? word(name) : null);
  return {
    q: word('q').normalize('NFC').replace(/\s+/gu, ' ').slice(0, 400),
    role: rolesThen.find((role) => role === word('role')) ?? null,
    theme: themes.find((theme) => theme === word('theme')) ?? null,
    province: like('province', /^PV\d{2}$/),
    entry: like('entry', /^[a-z0-9]+(-[a-z0-9]+)*$/),
    moment: like('moment', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    page: /^[1-9]\d{0,4}$/.test(word('page')) ? Number(word('page')) : 1,
  };
}
