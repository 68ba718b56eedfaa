import { line, type Given } from '../../people/input.ts';
import { isKey } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { whereSaid } from './model.ts';

export type CodingProblem =
  | 'coding.desk.problem.name'
  | 'coding.desk.problem.colour'
  | 'coding.desk.problem.words'
  | 'coding.desk.problem.code'
  | 'coding.desk.problem.memo';

/** Several lines of a form: without unseen signs but line ends, at most `most` signs long. */
export function lines(given: Given, name: string, most: number): string {
  const value = given.get(name);
  if (typeof value !== 'string') return '';
  const said = value
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, ' ');
  return [...said.trim()].slice(0, most).join('');
}

export const keyIn = (given: Given, name: string): string | null => {
  const value = given.get(name);
  return typeof value === 'string' && isKey(value) ? value.toLowerCase() : null;
};

export interface CodebookSaid {
  readonly name: string;
  readonly about: string;
}

export function parseCodebook(given: Given): Result<CodebookSaid, CodingProblem> {
  const name = line(given, 'name', 120);
  return name === '' ? refused('coding.desk.problem.name') : ok({ name, about: lines(given, 'about', 4000) });
}

export interface CodeSaid {
  readonly parent: string | null;
  readonly name: string;
  readonly definition: string;
  readonly isCodable: boolean;
  readonly colour: string | null;
}

export function parseCode(given: Given): Result<CodeSaid, CodingProblem> {
  const name = line(given, 'name', 200);
  if (name === '') return refused('coding.desk.problem.name');
  const colour = line(given, 'colour', 20).toLowerCase();
  if (colour !== '' && !/^#[0-9a-f]{6}$/.test(colour)) return refused('coding.desk.problem.colour');
  return ok({
    parent: keyIn(given, 'parent'),
    name,
    definition: lines(given, 'definition', 20_000),
    isCodable: given.get('holds') !== 'on',
    colour: colour || null,
  });
}

export interface PassageSaid {
  readonly block: string;
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/** A passage as a form says it: by its positions, by words that are pasted, or the whole block when nothing is said. */
export function parsePassage(
  given: Given,
  blocks: readonly { readonly block: string; readonly text: string }[],
): Result<PassageSaid, CodingProblem> {
  const code = keyIn(given, 'code');
  if (!code) return refused('coding.desk.problem.code');
  const block = blocks.find(({ block: key }) => key === keyIn(given, 'block'));
  if (!block) return refused('coding.desk.problem.words');
  const said = { block: block.block, code };
  const [start, end] = ['start', 'end'].map((name) => Number(line(given, name, 9) || NaN)) as [
    number,
    number,
  ];
  if (Number.isInteger(start) && Number.isInteger(end)) {
    const fits = start >= 0 && start < end && end <= block.text.length;
    return fits ? ok({ ...said, start, end }) : refused('coding.desk.problem.words');
  }
  const words = given.get('words');
  if (typeof words !== 'string' || words.trim() === '')
    return ok({ ...said, start: 0, end: block.text.length });
  const place = whereSaid(block.text, words, Math.max(1, Number(line(given, 'nth', 3)) || 1));
  return place ? ok({ ...said, ...place }) : refused('coding.desk.problem.words');
}

export function parseMemo(given: Given): Result<string, CodingProblem> {
  const text = lines(given, 'text', 10_000);
  return text === '' ? refused('coding.desk.problem.memo') : ok(text);
}
