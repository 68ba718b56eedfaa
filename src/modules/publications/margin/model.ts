export const stances = ['remark', 'differs'] as const;
/** Beside a text stands a remark, or someone who sees it otherwise; neither weighs more. */
export type Stance = (typeof stances)[number];

/** Words somebody gives to a publication themselves. */
export interface Given {
  readonly words: string;
  readonly language: string;
  /** The name that stands beside them; null is none. */
  readonly called: string | null;
  /** Whether others may say them in other languages, beside them. */
  readonly renderable: boolean;
}

export const limits = { words: 3000, called: 80 } as const;

/** Words in the margin as who works on the publication reads them. */
export interface Beside extends Pick<Given, 'words' | 'language' | 'called'> {
  readonly id: string;
  readonly stance: Stance;
  /** Whether who asks gave them. */
  readonly mine: boolean;
}
