import { isProvinceCode } from '#modules/places/model.ts';
import { isKey } from '#platform/ids.ts';
import { themes, type Theme } from '../../initiatives/model.ts';
import { parseWhen } from '../../initiatives/when/input.ts';
import type { ToldDay, WhenProblem } from '../../initiatives/when/model.ts';
import { rolesThen, tellingPrompts, type RoleThen, type TellingPrompt } from '../model.ts';

const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** One line of what was typed. */
function lineIn(form: FormData, name: string, most: number): string {
  const said = form.get(name);
  if (typeof said !== 'string') return '';
  const plain = said.toWellFormed().normalize('NFC').replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  return [...plain].slice(0, most).join('').trim();
}

export interface Beginning {
  readonly language: string;
  readonly withSomeone: boolean;
  /** Who is written down for, as they are called; empty is not said. */
  readonly called: string;
  /** The word in the address of the initiative it is about; empty is none. */
  readonly about: string;
}

/** Reads with what a telling begins; null when no language was chosen that could be one. */
export function parseBeginning(form: FormData): Beginning | null {
  const language = lineIn(form, 'language', 12);
  const other = lineIn(form, 'other-language', 12);
  const chosen = language === 'other' ? other : language;
  if (!/^[a-z]{2,3}$/.test(chosen)) return null;
  return {
    language: chosen,
    withSomeone: form.get('how') === 'with-someone',
    called: lineIn(form, 'called', 80),
    about: lineIn(form, 'about', 100),
  };
}

export interface TypedRun {
  readonly after: string | null;
  readonly of: readonly string[];
  readonly text: string;
}

export interface TypedMoment {
  readonly block: string;
  readonly moment: string | null;
  readonly title: string;
  /** Null when what was filled in is no day: what stood there stays. */
  readonly when: ToldDay | null;
}

/** A sheet as it was sent: the words of every run, the moments, and what else was asked with the same button. */
export interface Sheet {
  readonly title: string;
  readonly prompt: TellingPrompt | null;
  readonly runs: readonly TypedRun[];
  readonly moments: readonly TypedMoment[];
  /** Moments that are taken away; what was told under them stays. */
  readonly remove: readonly string[];
  readonly add: boolean;
}

export interface SheetProblem {
  readonly field: string;
  readonly reason: WhenProblem;
}

const keyOrNull = (word: FormDataEntryValue | null) =>
  typeof word === 'string' && isKey(word) ? word : null;

/** Reads a sheet. `words-0` with `of-0` and `after-0` is the first run of words; `moment-KEY`, `called-KEY` and `KEY-year` tell of a moment. */
export function parseSheet(form: FormData): {
  readonly sheet: Sheet;
  readonly problems: readonly SheetProblem[];
} {
  const runs: TypedRun[] = [];
  for (let at = 0; at < 500 && form.has(`words-${at}`); at++)
    runs.push({
      after: keyOrNull(form.get(`after-${at}`)),
      of: String(form.get(`of-${at}`) ?? '')
        .split(' ')
        .filter(isKey),
      text: String(form.get(`words-${at}`)).slice(0, 120_000),
    });
  const problems: SheetProblem[] = [];
  const moments = [...form.keys()]
    .filter((name) => name.startsWith('moment-') && isKey(name.slice(7)))
    .map((name): TypedMoment => {
      const block = name.slice(7);
      const when = parseWhen((part) => lineIn(form, `${block}-${part}`, 12));
      if (!when.ok) problems.push({ field: `${block}-${when.part}`, reason: when.reason });
      return {
        block,
        moment: keyOrNull(form.get(name)),
        title: lineIn(form, `called-${block}`, 200),
        when: when.ok ? when.told : null,
      };
    });
  const prompt = tellingPrompts.find((each) => each === form.get('prompt')) ?? null;
  const sheet = { title: lineIn(form, 'title', 200), prompt, runs, moments };
  return {
    sheet: { ...sheet, remove: form.getAll('remove').map(String).filter(isKey), add: form.has('add') },
    problems,
  };
}

/** What a teller may say about themselves and their telling; nothing of it is needed. */
export interface MoreSaid {
  readonly roleThen: RoleThen | null;
  readonly themes: readonly Theme[];
  readonly province: string | null;
  readonly findable: boolean;
  readonly names: { readonly full: string; readonly first: string; readonly other: string };
}

/** Reads what more is said of a telling; what is unknown is not said. */
export function parseMore(form: FormData): MoreSaid {
  const province = lineIn(form, 'province', 10);
  return {
    roleThen: rolesThen.find((each) => each === form.get('role')) ?? null,
    themes: themes.filter((each) => form.getAll('themes').includes(each)),
    province: isProvinceCode(province) ? province : null,
    findable: form.has('findable'),
    names: {
      full: lineIn(form, 'full', 120),
      first: lineIn(form, 'first', 80),
      other: lineIn(form, 'other', 80),
    },
  };
}
