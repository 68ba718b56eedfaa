import { isKey } from '#platform/ids.ts';
import { ballotWords, type BallotWord } from '../model.ts';
import type { Vote } from './model.ts';

/** A vote as a phone sends it: who on the phone votes, on what, and what. Null when it is none. */
export function parseVote(given: unknown): (Vote & { readonly who: string }) | null {
  if (typeof given !== 'object' || given === null) return null;
  const { who, statement, vote, seq } = given as Readonly<Record<string, unknown>>;
  if (typeof who !== 'string' || typeof statement !== 'string' || !isKey(who) || !isKey(statement))
    return null;
  if (typeof vote !== 'string' || !Object.hasOwn(ballotWords, vote)) return null;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return null;
  return { who: who.toLowerCase(), statement: statement.toLowerCase(), said: vote as BallotWord, seq };
}
