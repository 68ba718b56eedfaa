/** What people tell here and what somebody looks at before it opens. */
export const toldKinds = ['dilemma', 'position', 'insight', 'change'] as const;
export type ToldKind = (typeof toldKinds)[number];

/** Something that was told, as it stands on the desk or with who told it. */
export interface Told {
  readonly kind: ToldKind;
  readonly id: string;
  /** Its title, or its first words. */
  readonly title: string;
  readonly words: string;
  readonly language: string;
  readonly called: string | null;
  readonly toldOn: string;
  readonly standing: 'waiting' | 'open' | 'returned';
  readonly why: string | null;
  /** Where it stands once it is open, without the language; null where it has no page of its own. */
  readonly page: string | null;
  /** Whether who is looking told it themselves. */
  readonly mine: boolean;
}
