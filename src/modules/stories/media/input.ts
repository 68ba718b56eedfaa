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

export interface Part {
  readonly from: number;
  /** How many bytes. */
  readonly length: number;
}

/**
 * Which part of `size` bytes a Range header asks for (RFC 9110, section 14): null is the whole, also for what is not understood or
 * asks for several parts.
 */
export function parseRange(header: string | null, size: number): Part | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { from: size - length, length };
  }
  const from = Number(first);
  const until = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'unsatisfiable' : { from, length: until - from + 1 };
}
