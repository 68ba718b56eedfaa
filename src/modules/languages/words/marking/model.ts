import type { Day } from '#platform/clock.ts';
import { fold } from '../../search/model.ts';
import { isStillSaid, type Version } from '../model.ts';

/** A way of saying as it may be met in a text, with the word it belongs to. */
export interface Spoken extends Pick<Version, 'register' | 'language' | 'term' | 'also' | 'until'> {
  readonly slug: string;
  /** Whether the word has its page for this way of saying, and not only beside another. */
  readonly isHead: boolean;
}

/** A part of a text: plain, or a word that has a page of its own. All parts together are the text, to the letter. */
export interface Piece {
  readonly text: string;
  readonly slug: string | null;
}

const mostMarks = 6;
const run = /[\p{L}\p{N}\p{M}]+/gu;
// Addresses and names of accounts are no sentences.
const noSentence = /(?:https?:\/\/|www\.)\S+|\S+@\S+|[@#]\S+/giu;
// What may stand between the parts of one word; anything else ends it.
const seam = /^[ \u00a0\-\u2010\u2011]$/;
const hyphen = /[-\u2010\u2011]/;

const endings: Readonly<Record<string, RegExp>> = {
  nl: /^(?:s|en|n|e)$/,
  en: /^(?:s|es)$/,
  fr: /^(?:s|es|x)$/,
  tr: /^(?:ler|lar|leri|ları)$/,
  uk: /^(?:и|і|а|у|ів|ами|ах)$/,
};
const starts: Readonly<Record<string, RegExp>> = { ar: /^[وف]?(?:[بلك]?ال|لل|[بلك])?$/ };

interface Token {
  readonly at: number;
  readonly end: number;
  readonly written: string;
  readonly folded: string;
}

function tokensOf(text: string): Token[] {
  const shut = [...text.matchAll(noSentence)].map((each) => [each.index, each.index + each[0].length]);
  return [...text.matchAll(run)].flatMap((each) => {
    const [at, end] = [each.index, each.index + each[0].length];
    if (shut.some(([from = 0, to = 0]) => at < to && end > from)) return [];
    return [{ at, end, written: each[0], folded: fold(each[0]) }];
  });
}

/** Whether a written word is this part of a term: itself, or as the last part with a usual ending of the language. */
function isPart(token: Token, part: string, language: string, isLast: boolean): boolean {
  const folded = fold(part);
  if (part.length <= 4 && part.length > 1 && part === part.toUpperCase() && part !== part.toLowerCase())
    return token.written === part;
  if (token.folded === folded) return true;
  if ([...folded].length < 4) return false;
  const ending = endings[language];
  if (isLast && ending && token.folded.startsWith(folded))
    return ending.test(token.folded.slice(folded.length));
  const start = starts[language];
  return (
    start !== undefined && token.folded.endsWith(folded) && start.test(token.folded.slice(0, -folded.length))
  );
}

/** How many tokens from here on are this term; 0 when they are not. A part of a longer compound is not the word. */
function lengthAt(
  tokens: readonly Token[],
  at: number,
  parts: readonly string[],
  text: string,
  language: string,
) {
  for (const [next, part] of parts.entries()) {
    const token = tokens[at + next];
    const before = tokens[at + next - 1];
    if (!token || !isPart(token, part, language, next === parts.length - 1)) return 0;
    if (next > 0 && !seam.test(text.slice(before?.end, token.at))) return 0;
  }
  const from = tokens[at]?.at ?? 0;
  const to = tokens[at + parts.length - 1]?.end ?? 0;
  const glued = (sign: string, beyond: string) => hyphen.test(sign) && /[\p{L}\p{N}]/u.test(beyond);
  if (glued(text[from - 1] ?? '', text[from - 2] ?? '') || glued(text[to] ?? '', text[to + 1] ?? ''))
    return 0;
  return parts.length;
}

/**
 * A text of the house or of an institution in parts, where a word of policy, of science or between them leads to its page:
 * each word once, at most six, and never in what is not a sentence. Words as people say them themselves need no explaining
 * and are left alone. Not for what someone told, promised or wrote in their own name.
 */
export function marksIn(text: string, spoken: readonly Spoken[], language: string, on: Day): Piece[] {
  const terms = spoken
    .filter((each) => each.language === language && each.register !== 'lived' && isStillSaid(each, on))
    .flatMap(({ slug, term, also, isHead }) =>
      [term, ...also].map((form) => ({ slug, isHead, parts: form.match(run) ?? [] })),
    )
    .filter(({ parts }) => parts.length > 0)
    .toSorted((a, b) => b.parts.length - a.parts.length || Number(b.isHead) - Number(a.isHead));
  const tokens = tokensOf(text);
  const pieces: Piece[] = [];
  const done = new Set<string>();
  let told = 0;
  for (let at = 0; at < tokens.length && done.size < mostMarks; at++) {
    for (const { slug, parts } of terms) {
      if (done.has(slug)) continue;
      const length = lengthAt(tokens, at, parts, text, language);
      if (length === 0) continue;
      const from = tokens[at]?.at ?? 0;
      const to = tokens[at + length - 1]?.end ?? from;
      if (from > told) pieces.push({ text: text.slice(told, from), slug: null });
      pieces.push({ text: text.slice(from, to), slug });
      done.add(slug);
      told = to;
      at += length - 1;
      break;
    }
  }
  if (told < text.length || pieces.length === 0) pieces.push({ text: text.slice(told), slug: null });
  return pieces;
}
