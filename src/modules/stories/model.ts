/** What a teller was then, in what they tell. Nobody is asked for status or origin. */
export const rolesThen = [
  'newcomer',
  'volunteer',
  'neighbour',
  'professional',
  'official',
  'founder',
  'other',
] as const;
export type RoleThen = (typeof rolesThen)[number];

/** As what someone may read a telling. */
export type ReadAs = 'public' | 'network' | 'table';

/** Triads have three corners, poles two; the words for them stand in the messages under `frames`. */
export const triads = ['strength', 'belonging'] as const;
export const poles = ['alone-together', 'given-taken'] as const;
export type Frame = (typeof triads)[number] | (typeof poles)[number];

/** Where a teller places their telling: shares of 1000, or that it does not fit there, which is an answer of its own and never the middle. */
export type Placing =
  | { readonly frame: Frame; readonly fits: true; readonly shares: readonly number[] }
  | { readonly frame: Frame; readonly fits: false };

/** Questions that may help to begin; each can be skipped. */
export const tellingPrompts = [
  'first-day',
  'who-helped',
  'what-changed',
  'what-stayed',
  'what-others-miss',
] as const;
export type TellingPrompt = (typeof tellingPrompts)[number];

/** Questions for who reads; the answer is a reading, never a telling. */
export const readingPrompts = ['from-where', 'not-mine', 'other-place'] as const;
export type ReadingPrompt = (typeof readingPrompts)[number];

export const storyKinds = ['shared', 'series', 'blog'] as const;
export type StoryKind = (typeof storyKinds)[number];

export const renderingStandings = ['draft', 'done', 'checked-by-teller', 'checked-by-other'] as const;
export type RenderingStanding = (typeof renderingStandings)[number];

/** What may name someone else in a telling. */
export const flagKinds = ['name', 'phone', 'mail', 'iban', 'bsn', 'address', 'postcode'] as const;
export type FlagKind = (typeof flagKinds)[number];
