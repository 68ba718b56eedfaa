import { parsePlaceWords } from '#modules/places/input.ts';
import { isMunicipalityCode, isProvinceCode } from '#modules/places/model.ts';
import type { WrongParameter } from '#platform/http/problem.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { parseSince, type Read } from '../exchange/input.ts';
import { readable } from '../input.ts';
import { themes } from '../model.ts';
import { everything, type Cursor, type Wish, type WishNames } from './model.ts';

const known = ['entry', 'municipality', 'province', 'near', 'within', 'theme', 'since', 'lang'];
const furthest = 300;

/** What was asked of the news, with what could not be taken; the rest still stands. */
interface Asked {
  readonly wish: Wish;
  readonly since: Cursor;
  readonly language: Language | null;
  readonly errors: readonly WrongParameter[];
}

/** Reads the questions of a feed or of the page of changes. Nothing throws. */
export function readNews(query: URLSearchParams): Asked {
  const errors: WrongParameter[] = [];
  const wrong = (name: string, reason: string) =>
    errors.push({ name: readable(name).slice(0, 80).toWellFormed(), reason });
  for (const name of new Set(query.keys()))
    if (!known.includes(name)) wrong(name, `expected one of ${known.join(', ')}`);
  for (const name of known)
    if (name !== 'theme' && query.getAll(name).length > 1) wrong(name, 'is given more than once');
  const one = <Value extends string>(
    name: string,
    expected: string,
    is: (word: string) => Value | null,
  ): Value | null => {
    const given = query.get(name)?.trim() ?? '';
    if (given === '') return null;
    const value = is(given);
    if (value === null) wrong(name, `expected ${expected}`);
    return value;
  };
  const choice = query
    .getAll('theme')
    .flatMap((given) => given.split(','))
    .map((given) => given.trim())
    .filter(Boolean);
  const theme = themes.filter((each) => choice.includes(each));
  if (choice.some((each) => !(themes as readonly string[]).includes(each)) || choice.length > 20)
    wrong('theme', `expected one of ${themes.join(', ')}`);
  const within = query.get('within')?.trim() ?? '';
  const km = within === '' ? everything.within : /^\d{1,3}$/.test(within) ? Number(within) : 0;
  if (km < 1 || km > furthest) wrong('within', `expected a whole number from 1 to ${furthest}`);
  const since =
    query.has('since') && query.get('since') !== ''
      ? parseSince(new URLSearchParams({ since: query.get('since') ?? '' }))
      : null;
  if (since && !since.ok) errors.push(...since.errors);
  return {
    wish: {
      entry: one('entry', 'the slug of an entry', (word) =>
        /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word) && word.length <= 120 ? word : null,
      ),
      municipality: one('municipality', 'a code, as GM0202', (word) =>
        isMunicipalityCode(word) ? word : null,
      ),
      province: one('province', 'a code, as PV25', (word) => (isProvinceCode(word) ? word : null)),
      near:
        one('near', 'the name of a place', (word) => {
          const words = parsePlaceWords(word);
          return words.ok ? words.value : null;
        }) ?? '',
      within: km < 1 || km > furthest ? everything.within : km,
      theme,
    },
    since: since?.ok ? since.value : null,
    language: one('lang', 'one of nl, en, ar, ti, fa, uk, tr, fr', (word) =>
      isLanguage(word) ? word : null,
    ),
    errors,
  };
}

/** Reads the questions of a feed strictly: one wrong parameter refuses the whole, and every wrong one is named. */
export function parseNews(query: URLSearchParams): Read<{ wish: Wish; since: Cursor; language: Language }> {
  const { wish, since, language, errors } = readNews(query);
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, value: { wish, since, language: language ?? 'nl' } };
}

/** What the form that asks to follow says; `what` is a word of its own for each kind of thing to follow. */
export interface FollowForm {
  readonly mail: string;
  readonly what: 'all' | 'near' | 'entry';
  readonly near: string;
  readonly within: string;
  readonly theme: string;
  readonly entry: string;
}

export type FollowProblem = {
  readonly field: 'mail' | 'near' | 'theme' | 'entry';
  readonly reason:
    | 'mail_missing'
    | 'mail_wrong'
    | 'near_missing'
    | 'near_unknown'
    | 'theme_unknown'
    | 'entry_unknown'
    | 'too_many';
};

const longestTyped = 300;

/** Reads the form as it was typed, with the wish it says and what is wrong with it. `byMail` asks for an address too. */
export function parseFollowForm(
  form: FormData,
  byMail: boolean,
): { typed: FollowForm; mail: string; wish: Wish; problems: FollowProblem[] } {
  const field = (name: string) =>
    readable(String(form.get(name) ?? '').toWellFormed())
      .trim()
      .slice(0, longestTyped);
  const what = field('what');
  const typed: FollowForm = {
    mail: field('mail'),
    what: what === 'near' || what === 'entry' ? what : 'all',
    near: field('near'),
    within: field('within'),
    theme: field('theme'),
    entry: field('entry'),
  };
  const problems: FollowProblem[] = [];
  const mail = typed.mail.toLowerCase();
  if (byMail && mail === '') problems.push({ field: 'mail', reason: 'mail_missing' });
  else if (byMail && !isMailAddress(mail)) problems.push({ field: 'mail', reason: 'mail_wrong' });
  const query = new URLSearchParams();
  if (typed.what === 'entry') query.set('entry', typed.entry);
  if (typed.what === 'near') {
    if (typed.near === '') problems.push({ field: 'near', reason: 'near_missing' });
    query.set('near', typed.near);
    if (typed.within !== '') query.set('within', typed.within);
  }
  if (typed.what !== 'entry' && typed.theme !== '') query.set('theme', typed.theme);
  const { wish, errors } = readNews(query);
  for (const { name } of errors) {
    if (name === 'near' || name === 'within') problems.push({ field: 'near', reason: 'near_unknown' });
    if (name === 'theme') problems.push({ field: 'theme', reason: 'theme_unknown' });
    if (name === 'entry') problems.push({ field: 'entry', reason: 'entry_unknown' });
  }
  if (typed.what === 'entry' && typed.entry === '')
    problems.push({ field: 'entry', reason: 'entry_unknown' });
  return { typed, mail, wish, problems };
}

/** A wish as the form shows it, when someone comes from a page that shows just that. A municipality or province is asked as a place. */
export function asFollowForm(wish: Wish, names: WishNames): FollowForm {
  const near = wish.near || names.municipality || names.province || '';
  return {
    mail: '',
    what: wish.entry !== null ? 'entry' : near !== '' ? 'near' : 'all',
    near,
    within: String(wish.within),
    theme: wish.theme[0] ?? '',
    entry: wish.entry ?? '',
  };
}
