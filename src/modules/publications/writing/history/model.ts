import { diffComm } from 'node-diff3';
import { mostPairs, pairs, restTheSame, wordsOf, type Draw } from '../merging/model.ts';
import type { BlockKind, PastDeed } from '../model.ts';

/** A deed of the past: what it made of a block, who did it, and because of whose words. */
export interface DeedDone {
  readonly paragraph: string;
  readonly number: number;
  readonly deed: PastDeed;
  readonly at: Date;
  readonly kind: BlockKind;
  readonly language: string;
  readonly text: string;
  readonly before: string;
  readonly draws: readonly Draw[];
  readonly drawsBefore: readonly Draw[];
  readonly called: string | null;
  readonly mine: boolean;
  readonly gone: boolean;
  readonly because: {
    readonly words: string;
    readonly language: string;
    readonly called: string | null;
  } | null;
  /** The wording that came to stand beside the block with this deed. */
  readonly beside: string | null;
}

/** Words that stayed, came or went. */
export interface WordChange {
  readonly kind: 'same' | 'came' | 'went';
  readonly text: string;
}

/** From one text to the next, word by word; texts too long to compare are one that went and one that came. */
export function wordChanges(before: string, now: string): WordChange[] {
  const [was, is] = [wordsOf(before), wordsOf(now)];
  const parts: WordChange[] =
    pairs(was, is) > mostPairs
      ? [
          { kind: 'went', text: before },
          { kind: 'came', text: now },
        ]
      : diffComm(was, is).flatMap((part): WordChange[] =>
          part.common
            ? [{ kind: 'same', text: part.common.join('') }]
            : [
                { kind: 'went', text: part.buffer1.join('') },
                { kind: 'came', text: part.buffer2.join('') },
              ],
        );
  return parts.filter(({ text }) => text !== '');
}

/** Whether a deed changed what can be read, or on what it rests. */
export const changedSomething = (done: DeedDone): boolean =>
  done.deed !== 'written' ||
  done.beside !== null ||
  done.text !== done.before ||
  !restTheSame(done.draws, done.drawsBefore);
