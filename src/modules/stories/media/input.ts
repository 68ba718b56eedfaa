const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a word in an address can be the key of anything here. */
export const isKey = (word: string): boolean => uuid.test(word);

/** What a form brings beside the file; the name of the file is not even read. */
export interface Brought {
  readonly file: File | null;
  /** What can be seen, in the words of the teller; null when it was not said yet. */
  readonly alt: string | null;
  /** The block it comes after; null is at the end. */
  readonly after: string | null;
}

/** The words for what can be seen: one line of visible signs, at most a thousand; null when nothing was said. */
export function parseAlt(words: unknown): string | null {
  const line = (typeof words === 'string' ? words : '')
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 1_000)
    .toWellFormed()
    .trim();
  return line === '' ? null : line;
}

/** Reads the form that brings a photo or a voice. */
export function parseBrought(form: FormData): Brought {
  const [file, after] = [form.get('file'), form.get('after')];
  return {
    file: file instanceof File ? file : null,
    alt: parseAlt(form.get('alt')),
    after: typeof after === 'string' && isKey(after) ? after : null,
  };
}
