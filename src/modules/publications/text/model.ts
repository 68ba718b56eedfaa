import type { Inline, Note } from '../model.ts';

/** What somebody noted at a place in a text: words of their own, or a work of the library, by its key, and where in it. */
export type Noted =
  | { readonly kind: 'words'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'work'; readonly key: string; readonly at: string };

/** Takes a note down and answers its number within the article; null leaves the mark as it was typed. */
export interface NoteTaker {
  readonly note: (noted: Noted) => number | null;
}

/** For where no notes are taken: their marks stay text. */
export const noNotes: NoteTaker = { note: () => null };

interface Look {
  readonly strong?: true;
  readonly em?: true;
}

interface Mark {
  readonly pattern: RegExp;
  readonly make: (
    first: string,
    second: string | undefined,
    look: Look,
    taker: NoteTaker,
  ) => readonly Inline[] | null;
}

const isAddress = (typed: string): boolean => {
  const address = URL.parse(typed);
  return address !== null && address.hostname !== '' && address.username === '' && address.password === '';
};
const noted = (taker: NoteTaker, one: Noted): readonly Inline[] | null => {
  const number = taker.note(one);
  return number === null ? null : [{ type: 'note', number }];
};

// Each mark looks a bounded way ahead and can be read in one way only, so that a text made to be slow is not.
const starred: readonly Mark[] = [
  {
    pattern: /\*\*\*(?=[^\s*])([^*]{0,2000}[^\s*])\*\*\*/y,
    make: (inside, _, look, taker) => read(inside, { ...look, strong: true, em: true }, taker),
  },
  {
    pattern: /\*\*(?=[^\s*])((?:[^*]|\*(?!\*)){0,2000}[^\s*])\*\*/y,
    make: (inside, _, look, taker) => read(inside, { ...look, strong: true }, taker),
  },
  {
    // Between letters and numbers a star is a star: 3*4*5.
    pattern: /(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*]{0,2000}[^\s*])\*(?![\p{L}\p{N}*])/uy,
    make: (inside, _, look, taker) => read(inside, { ...look, em: true }, taker),
  },
];
const bracketed: readonly Mark[] = [
  {
    pattern: /\[([^[\]]{1,300})\]\((https?:\/\/(?:[^\s()]|\([^\s()]{0,200}\)){1,800})\)/y,
    make: (text, href) => (href && isAddress(href) ? [{ type: 'link', text, href }] : null),
  },
  {
    pattern: /\[([^[\]]{1,300})\]\{([a-z]{2,3})\}/y,
    make: (text, lang) => (lang ? [{ type: 'foreign', text, lang }] : null),
  },
  {
    pattern: /\[@([^\s,{}"#%\\~[\]]{1,100})(?:,([^[\]]{1,60}))?\]/y,
    make: (key, at, _, taker) => noted(taker, { kind: 'work', key, at: at?.trim() ?? '' }),
  },
  {
    pattern: /\[\^((?:[^[\]]|\[[^[\]]{0,300}\]){1,2000})\]/y,
    make: (inside, _, __, taker) =>
      noted(taker, { kind: 'words', inlines: read(inside.trim(), {}, noNotes) }),
  },
];
const marksOf: Readonly<Record<string, readonly Mark[] | undefined>> = { '*': starred, '[': bracketed };

function read(text: string, look: Look, taker: NoteTaker): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const rest = (): void => {
    if (plain !== '') found.push({ type: 'text', text: plain, ...look });
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    const sign = text[at] ?? '';
    if (sign === '\\' && marksOf[text[at + 1] ?? '']) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    let length = 0;
    for (const { pattern, make } of marksOf[sign] ?? []) {
      pattern.lastIndex = at;
      const [whole = '', first, second] = pattern.exec(text) ?? [];
      const inlines = first === undefined ? null : make(first, second, look, taker);
      if (!inlines) continue;
      rest();
      found.push(...inlines);
      length = whole.length;
      break;
    }
    if (length === 0) plain += sign;
    at += length || 1;
  }
  rest();
  return found;
}

/**
 * What a person typed, with its light marks read: *emphasis*, **strong**, [words](https://...), [words]{ar} in another language,
 * [^a note in words], [@key, p. 3] for a work of the library; a star or bracket after \ is itself. Everything else, whatever it looks
 * like, is text. Line ends become spaces.
 */
export const inlinesOf = (text: string, taker: NoteTaker): Inline[] =>
  read(text.replace(/\s+/g, ' ').trim(), {}, taker);

/** The words of a text as they are read aloud: without marks and without its notes. */
export const plainText = (text: string): string =>
  inlinesOf(text, { note: () => 0 })
    .map((inline) => (inline.type === 'note' ? '' : inline.text))
    .join('');

/** The items of a list, one a line, without a sign or number that was typed before them. */
export const itemsOf = (text: string): string[] =>
  linesOf(text).map((line) => line.replace(/^(?:[-•–*]|\d{1,3}[.)])\s+/, ''));

/** Whether each item of a list was typed with a number before it. */
export const isOrdered = (text: string): boolean => {
  const lines = linesOf(text);
  return lines.length > 0 && lines.every((line) => /^\d{1,3}[.)]\s/.test(line));
};

/** A table, a row a line with | between its cells, the first row its head; short rows are filled with empty cells. */
export function tableOf(text: string): { head: string[]; rows: string[][] } {
  const all = linesOf(text)
    .filter((line) => !/^[|\s:-]+$/.test(line))
    .map((line) => line.replace(/^\||\|$/g, '').split('|'))
    .map((cells) => cells.map((cell) => plainText(cell)));
  const width = Math.max(0, ...all.map((cells) => cells.length));
  const [head = [], ...rows] = all.map((cells) => [
    ...cells,
    ...Array<string>(width - cells.length).fill(''),
  ]);
  return { head, rows };
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/**
 * Takes the notes of one article down in their order, from 1. `cited` says a work of the library by its key and the place in it, or
 * null when the library has no such work: its mark then stays as it was typed.
 */
export function notebook(
  cited: (key: string, at: string) => readonly Inline[] | null,
): NoteTaker & { readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  return {
    notes,
    note: (one) => {
      const inlines = one.kind === 'words' ? one.inlines : cited(one.key, one.at);
      return inlines && notes.push({ number: notes.length + 1, inlines });
    },
  };
}
