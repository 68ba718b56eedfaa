import { isKey } from './ids.ts';

// Signs that are not seen, or that turn the words around them.
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * What someone typed under a name, in one Unicode form (NFC), without signs that are not seen or that turn words around; on one
 * line unless it may have more, its line ends then LF. Empty where there is none, or where it is a file.
 */
export function wordsIn(form: FormData, name: string, lines = false): string {
  const said = form.get(name);
  if (typeof said !== 'string') return '';
  const text = said.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n');
  const seen = lines
    ? text.replace(/[^\n]+/g, (line) => line.replace(unseen, ' '))
    : text.replace(unseen, ' ').replace(/\s+/g, ' ');
  return seen.trim();
}

/** The first key under a name, in small letters; null where there is none. */
export const keyIn = (form: FormData, name: string): string | null => keysIn(form, name)[0] ?? null;

/** The keys that were ticked under a name, each once. */
export const keysIn = (form: FormData, name: string): string[] => [
  ...new Set(
    form
      .getAll(name)
      .map((said) => String(said).toLowerCase())
      .filter(isKey),
  ),
];

/** The key under a name, or the key of nothing: for what asks the database after a key in any case. */
export const keyOrNothing = (form: FormData, name: string): string =>
  keyIn(form, name) ?? '00000000-0000-0000-0000-000000000000';

/** Everything that was typed, as it came, so that it stands in the form again; of a name that stands twice the last. */
export const typedIn = (form: FormData): Readonly<Record<string, string>> =>
  Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
