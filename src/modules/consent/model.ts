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

/** What can be asked about a use: whom it may reach, and what of the teller may come along. */
export interface Question {
  /** More than one only where it makes a difference; a use that is for everyone by its nature has just that. */
  readonly audiences: readonly Audience[];
  readonly name: boolean;
  readonly image: boolean;
  readonly voice: boolean;
  readonly languages: boolean;
  /** What is done once cannot be called back: it is on paper, or with others. */
  readonly lasting: boolean;
}

const question = (audiences: readonly Audience[], ...along: (keyof Question)[]): Question => ({
  audiences,
  name: along.includes('name'),
  image: along.includes('image'),
  voice: along.includes('voice'),
  languages: along.includes('languages'),
  lasting: along.includes('lasting'),
});
const open: readonly Audience[] = ['public'];

export const questions: Readonly<Record<Use, Question>> = {
  read: question(['table', 'network', 'public'], 'name', 'image', 'voice', 'languages'),
  'translate-people': question(open, 'languages'),
  'translate-machine': question(open, 'languages'),
  'quote-report': question(open, 'name', 'languages', 'lasting'),
  print: question(open, 'name', 'image', 'languages', 'lasting'),
  'web-book': question(open, 'name', 'image', 'voice', 'languages', 'lasting'),
  teaching: question(['network', 'public'], 'name', 'image', 'voice', 'languages'),
  press: question(open, 'name', 'image', 'voice', 'languages', 'lasting'),
  coding: question(open),
  'open-count': question(open, 'lasting'),
  'open-theme': question(open, 'lasting'),
  'open-text': question(open, 'name', 'languages', 'lasting'),
};

/** The uses as they are asked, in the order in which someone meets them. */
export const askedTogether = [
  ['here', ['read']],
  ['tongues', ['translate-people', 'translate-machine']],
  ['made', ['quote-report', 'print', 'web-book', 'teaching', 'press']],
  ['known', ['coding', 'open-count', 'open-theme', 'open-text']],
] as const satisfies readonly (readonly [string, readonly Use[]])[];

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

/** Whether two sentences say the same about one use. What is not given says no more than that. */
export function saysTheSame(one: Saying, other: Saying): boolean {
  if (one.use !== other.use || one.verdict !== other.verdict) return false;
  if (one.verdict !== 'given') return true;
  const languages = ({ languages: some }: Saying) => (some ? [...some].sort().join(' ') : null);
  return (
    one.audience === other.audience &&
    one.nameForm === other.nameForm &&
    one.withImage === other.withImage &&
    one.withVoice === other.withVoice &&
    one.untilDay === other.untilDay &&
    languages(one) === languages(other)
  );
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
