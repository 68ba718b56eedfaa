import { keyIn, wordsIn } from '#platform/form.ts';
import { isKey } from '#platform/ids.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { proposalKinds } from '../model.ts';
import { limits, type Wish } from './model.ts';

export type WishField =
  'kind' | 'word' | 'language' | 'term' | 'meaning' | 'says' | 'example' | 'why' | 'called';
export type WishReason = 'kind' | 'word' | 'language' | 'term' | 'meaning' | 'too-long' | 'why' | 'contact';

export interface WishProblem {
  readonly field: WishField;
  readonly reason: WishReason;
  readonly most: number;
}

export type WishRead = { ok: true; wish: Wish } | { ok: false; problems: WishProblem[] };

// A mail address, a telephone number or an account number: what points at one person.
const contact = /\S+@\S+\.\S+|(?:\d[\s.-]?){9,}|\b[A-Z]{2}\d{2}[A-Z]{4}\d{6,}/;
const texts = ['term', 'meaning', 'says', 'example', 'why', 'called'] as const;
const severalLines: ReadonlySet<string> = new Set(['meaning', 'says', 'example', 'why', 'answer']);

/** What was typed, for showing it again; only the questions of this form. */
export function typedWish(form: FormData): Record<string, string> {
  const names = [...texts, 'kind', 'word', 'disputes', 'language', 'leaving'];
  return Object.fromEntries(names.map((name) => [name, written(form, name).slice(0, 2_000)]));
}

// What is said with one word or name stands on one line.
const written = (form: FormData, name: string): string => wordsIn(form, name, severalLines.has(name));

/** Reads a proposed word or a dispute from a form; each wrong answer is told by its question. */
export function parseWish(form: FormData): WishRead {
  const problems: WishProblem[] = [];
  const wrong = (field: WishField, reason: WishReason, most = 0) => problems.push({ field, reason, most });
  const disputes = written(form, 'disputes');
  const kind = disputes ? 'dispute' : proposalKinds.find((each) => each === written(form, 'kind'));
  if (kind === undefined || (kind === 'dispute') !== (disputes !== '')) wrong('kind', 'kind');
  const word = written(form, 'word');
  if ((word !== '' && !isKey(word)) || (disputes !== '' && !isKey(disputes))) wrong('word', 'word');
  const language = written(form, 'language');
  if (!isLanguage(language)) wrong('language', 'language');
  const given = Object.fromEntries(texts.map((name) => [name, written(form, name)])) as Record<
    (typeof texts)[number],
    string
  >;
  if (kind === 'dispute') {
    if (given.why === '') wrong('why', 'why');
  } else {
    if (given.term === '') wrong('term', 'term');
    if (given.meaning === '') wrong('meaning', 'meaning');
  }
  for (const name of texts) {
    if ([...given[name]].length > limits[name]) wrong(name, 'too-long', limits[name]);
    if (contact.test(given[name])) wrong(name, 'contact');
  }
  if (problems.length > 0 || kind === undefined) return { ok: false, problems };
  const said = (name: (typeof texts)[number]) => (given[name] === '' ? null : given[name]);
  const isDispute = kind === 'dispute';
  return {
    ok: true,
    wish: {
      kind,
      word: isDispute || word === '' ? null : word,
      disputes: isDispute ? disputes : null,
      language,
      term: isDispute ? null : said('term'),
      meaning: isDispute ? null : said('meaning'),
      says: isDispute ? null : said('says'),
      example: isDispute ? null : said('example'),
      why: said('why'),
      called: said('called'),
      whenLeaving: written(form, 'leaving') === 'goes' ? 'goes' : 'stays',
    },
  };
}

/** The answer of who looked to a proposal; the proposal is null when it is none. */
export function parseAnswer(form: FormData): { proposal: string | null; answer: string } {
  return { proposal: keyIn(form, 'proposal'), answer: written(form, 'answer').slice(0, limits.answer) };
}
