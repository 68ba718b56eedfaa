import { fold } from '../../search/model.ts';

/** A word that was asked for, and another word for the same. */
export interface OtherWord {
  readonly met: string;
  readonly other: string;
}

const longest = 6;
const most = 60;

/** The one to six words in a row of a question, as they may be a term: as typed in lower case, and without a usual ending. At most sixty. */
export function termsAskedIn(question: string): string[] {
  const words =
    question
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}\-’']*/gu) ?? [];
  const found = new Set<string>();
  for (let length = longest; length >= 1; length--)
    for (let at = 0; at + length <= words.length; at++) {
      const term = words.slice(at, at + length).join(' ');
      found.add(term);
      const bare = /^(.{4,}?)(?:en|s|n|e)$/u.exec(term)?.[1];
      if (bare !== undefined) for (const form of [term.slice(0, -1), bare]) found.add(form);
    }
  return [...found].slice(0, most);
}

/** How a word is written in a text, or null when it does not stand there; its end may have an ending. */
export function writtenAs(word: string, text: string): string | null {
  const at = ` ${fold(text)}`.search(new RegExp(`[^\\p{L}\\p{N}]${escaped(fold(word))}`, 'u'));
  return at < 0 ? null : word;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
