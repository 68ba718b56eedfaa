import type { BookArticle, BookBlock, Inline, Voice } from '../model.ts';
import { mostOnOnePage } from './library/model.ts';

const signsOf = (inlines: readonly Inline[]): number =>
  inlines.reduce((sum, inline) => sum + (inline.type === 'note' ? 4 : inline.text.length), 0);
const signsOfVoice = (voice: Voice): number =>
  voice.words.length + voice.renderings.reduce((sum, { words }) => sum + words.length, 0);

function signsOfBlock(block: BookBlock): number {
  const beside = block.margin.reduce((sum, voice) => sum + signsOfVoice(voice), 0);
  // What stands around the words of a block weighs too.
  const around = 120 + beside;
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'aside':
      return around + signsOf(block.inlines);
    case 'quote':
      return around + signsOfVoice(block.voice);
    case 'list':
      return around + block.items.reduce((sum, item) => sum + signsOf(item), 0);
    case 'table':
      return around + [block.head, ...block.rows].flat().reduce((sum, cell) => sum + cell.length + 9, 0);
    case 'image':
    case 'figure':
      return around + 400;
  }
}

const noteNumbersIn = (inlines: readonly Inline[]): number[] =>
  inlines.flatMap((inline) => (inline.type === 'note' ? [inline.number] : []));
const notesIn = (block: BookBlock): number[] =>
  block.type === 'list'
    ? block.items.flatMap(noteNumbersIn)
    : 'inlines' in block
      ? noteNumbersIn(block.inlines)
      : [];

/** An article in pages that a phone loads at once, each with the notes its own blocks name; at least one, and never cut within a block. */
export function pagesOf(article: BookArticle, most = mostOnOnePage): BookArticle[] {
  const pages: BookBlock[][] = [[]];
  let signs = 0;
  for (const block of article.blocks) {
    const more = signsOfBlock(block);
    if (signs + more > most && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      signs = 0;
    }
    pages.at(-1)?.push(block);
    signs += more;
  }
  return pages.map((blocks) => {
    const named = new Set(blocks.flatMap(notesIn));
    return { ...article, blocks, notes: article.notes.filter(({ number }) => named.has(number)) };
  });
}

/** The rendering that stands beside words for this reader: in their own language, else in that of the article; null when they read the words themselves. */
export function besideFor(voice: Voice, reads: string, article: string): Voice['renderings'][number] | null {
  if (voice.language === reads) return null;
  const into = (language: string) => voice.renderings.find((one) => one.language === language);
  return into(reads) ?? (voice.language === article ? undefined : into(article)) ?? null;
}

/** A name for a block within its page, short and the same on every page it stands on. */
export const anchorOf = (id: string): string => `p-${id.slice(-12)}`;
