import { parts, type Choices, type MergeWish } from './model.ts';

/** What the form of two entries side by side says: which lives on, and from which of the two each part is taken. */
export interface MergeForm {
  readonly keep: 'one' | 'other';
  /** By part, `one` or `other`. */
  readonly taken: Readonly<Record<string, string>>;
  readonly why: Why;
  readonly keepers: boolean;
}

const longestWhy = 1000;

/** Why something was decided, as it was typed, and whether that is enough to tell anyone anything. */
export interface Why {
  readonly words: string;
  readonly enough: boolean;
}

export function whyIn(form: FormData): Why {
  const words = String(form.get('why') ?? '')
    .slice(0, longestWhy)
    .trim();
  return { words, enough: words.length >= 3 };
}

/** Reads the form; what was not chosen stays as it is in the entry that lives on. */
export function parseMergeForm(form: FormData): MergeForm {
  return {
    keep: form.get('keep') === 'other' ? 'other' : 'one',
    taken: Object.fromEntries(parts.map((part) => [part, String(form.get(`part-${part}`) ?? '')])),
    why: whyIn(form),
    keepers: form.get('keepers') === 'yes',
  };
}

/** The form as a wish about these two entries. */
export function mergeWish(
  form: MergeForm,
  pair: { readonly one: string; readonly other: string },
): MergeWish {
  const goes = form.keep === 'one' ? 'other' : 'one';
  const choices: Choices = Object.fromEntries(
    parts.flatMap((part) => (form.taken[part] === goes ? [[part, 'gone' as const]] : [])),
  );
  return { kept: pair[form.keep], gone: pair[goes], choices, why: form.why.words, keepers: form.keepers };
}
