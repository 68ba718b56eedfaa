import { citationOf, type Work } from '../../learning/citing/model.ts';
import type { Inline } from '../model.ts';

type CitationWords = Parameters<typeof citationOf>[1];

/** A work as a note says it: who, year, title, where in it, where to find it. */
export function citedIn(work: Work, at: string, words: CitationWords): Inline[] {
  const { before, title, after, link } = citationOf(work, words);
  const stop = /[.?!؟]$/.test(title) ? '' : '.';
  const rest = [after, at && `${at}.`].filter(Boolean).join(' ');
  return [
    { type: 'text', text: `${before} ` },
    { type: 'text', text: title, em: true },
    { type: 'text', text: `${stop}${rest && ` ${rest}`}${link ? ' ' : ''}` },
    ...(link ? [{ type: 'link' as const, text: link, href: link }] : []),
  ];
}
