import { wordsIn } from '#platform/form.ts';
import { isKey } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { ballotWords, limits, stonesEach, type BallotWord } from '../../model.ts';
import { highestCard, mostCards, type CardStones, type CardWish } from './model.ts';

export type PaperProblem = `methods.paper.problem.${
  'card' | 'nothing' | 'stones' | 'text' | 'long' | 'not-now'}`;

/** The number on a card, in Latin, Arabic or Persian digits; null when it is none. */
export function cardIn(form: FormData): number | null {
  const word = wordsIn(form, 'card')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
  return /^\d{1,4}$/.test(word) && Number(word) >= 1 && Number(word) <= highestCard ? Number(word) : null;
}

const isWord = (word: unknown): word is BallotWord =>
  typeof word === 'string' && Object.hasOwn(ballotWords, word);

/** Reads the votes that stand on a card: `vote-<key of the statement>` is agree, disagree or pass; what is empty is left out. */
export function parseCard(form: FormData): Result<CardWish, PaperProblem> {
  const card = cardIn(form);
  if (card === null) return refused('methods.paper.problem.card');
  const votes = [...form].flatMap(([name, said]) => {
    const [, statement = ''] = /^vote-(.+)$/.exec(name) ?? [];
    return isKey(statement) && isWord(said) ? [{ statement, said }] : [];
  });
  return votes.length > 0 ? ok({ card, votes }) : refused('methods.paper.problem.nothing');
}

/** Reads the stones of a card: `stones-<key of the issue>` is one to three, three in all. */
export function parseCardStones(form: FormData): Result<CardStones, PaperProblem> {
  const card = cardIn(form);
  if (card === null) return refused('methods.paper.problem.card');
  const stones = [...form].flatMap(([name, many]) => {
    const [, issue = ''] = /^stones-(.+)$/.exec(name) ?? [];
    return isKey(issue) && typeof many === 'string' && /^[1-3]$/.test(many)
      ? [{ issue, stones: Number(many) }]
      : [];
  });
  const laid = stones.reduce((sum, { stones: many }) => sum + many, 0);
  if (laid > stonesEach) return refused('methods.paper.problem.stones');
  return laid > 0 ? ok({ card, stones }) : refused('methods.paper.problem.nothing');
}

/** Reads a statement from paper, in the language it is written in there. */
export function parseWritten(
  form: FormData,
): Result<{ readonly text: string; readonly language: string }, PaperProblem> {
  const text = wordsIn(form, 'text');
  if (text === '') return refused('methods.paper.problem.text');
  if (text.length > limits.statement) return refused('methods.paper.problem.long');
  const language = wordsIn(form, 'language');
  return ok({ text, language: /^[a-z]{2}$/.test(language) ? language : 'nl' });
}

/** What was typed and could not be taken, so that it is not lost. */
export interface PaperTyped {
  readonly deed: 'card' | 'stones' | 'written';
  readonly problem: PaperProblem;
  readonly typed: Readonly<Record<string, string>>;
}

export const typedPaper = (deed: PaperTyped['deed'], problem: PaperProblem, form: FormData): PaperTyped => ({
  deed,
  problem,
  typed: Object.fromEntries(
    [...form].flatMap(([name, word]) => (typeof word === 'string' ? [[name, word]] : [])),
  ),
});

/** Reads how many cards are to be printed, from which number, with room for how many statements; what cannot be taken is as usual. */
export function parseCards(asked: URLSearchParams): { from: number; count: number; rows: number } {
  const read = (name: string, usual: number, most: number) => {
    const word = asked.get(name) ?? '';
    return /^\d{1,4}$/.test(word) && Number(word) >= 1 ? Math.min(Number(word), most) : usual;
  };
  return {
    from: read('from', 1, highestCard - mostCards),
    count: read('count', 8, mostCards),
    rows: read('rows', 20, 40),
  };
}
