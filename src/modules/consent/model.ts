/** What may be done with a telling; each is consented to on its own. */
export const uses = [
  'read',
  'quote-report',
  'print',
  'web-book',
  'open-count',
  'open-theme',
  'open-text',
  'coding',
  'translate-people',
  'translate-machine',
  'teaching',
  'press',
] as const;
export type Use = (typeof uses)[number];

/** Who may be reached, from the narrowest to everyone. The circle is the teller and who wrote it down for them. */
export const audiences = ['circle', 'table', 'network', 'public'] as const;
export type Audience = (typeof audiences)[number];

export const verdicts = ['given', 'ask-me', 'taken-back'] as const;
export type Verdict = (typeof verdicts)[number];

export const nameForms = ['full', 'first', 'other', 'none'] as const;
export type NameForm = (typeof nameForms)[number];

/** How it was said: by the teller on a screen, by voice or on paper, or by their word to who wrote it down. */
export const waysToSay = ['screen', 'voice', 'paper', 'word'] as const;
export type WayToSay = (typeof waysToSay)[number];

/** One sentence of consent, before it is sealed. */
export interface Saying {
  readonly use: Use;
  readonly verdict: Verdict;
  readonly audience: Audience;
  /** In which languages; null is any. */
  readonly languages: readonly string[] | null;
  readonly nameForm: NameForm;
  readonly withImage: boolean;
  readonly withVoice: boolean;
  /** First day on which it no longer holds; null is until it is taken back. */
  readonly untilDay: string | null;
}

/** What stands when nothing was said: nothing beyond the circle. */
export const nothingSaid = (use: Use): Saying => ({
  use,
  verdict: 'taken-back',
  audience: 'circle',
  languages: null,
  nameForm: 'none',
  withImage: false,
  withVoice: false,
  untilDay: null,
});

/** Days between release and first reading by others, in which a teller can think again, unless the house is set otherwise. */
export const daysToThinkAgain = 14;
