import { plainText } from '../../text/model.ts';
import type { LaidPiece } from '../../laying/model.ts';
import type { WrittenBlock } from '../model.ts';

/** The first words of a text, to know it by; null when it has none. */
export function firstWords(text: string, most = 60): string | null {
  const plain = plainText(text.slice(0, 400)).trim();
  if (plain === '') return null;
  return plain.length <= most ? plain : `${plain.slice(0, most).replace(/\s+\S*$/, '')}…`;
}

/** The words to know a block by: what was typed, what it quotes, or the name of what it shows; null when there are none. */
export function wordsOfBlock(block: WrittenBlock, pieces: readonly LaidPiece[]): string | null {
  const piece = pieces.find(({ id }) => id === block.piece);
  return firstWords(block.text || (piece?.voice?.words ?? piece?.shown?.name ?? ''));
}
