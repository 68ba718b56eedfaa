import type { Word } from '../model.ts';

export interface WordInTongue extends Word {
  readonly tongue: string;
}
