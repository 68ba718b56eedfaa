import type { Counts } from './measures.ts';
import type { Landscape } from './reckoning.ts';

/** Nothing is told about fewer people than this. */
export const fewestTold = 5;

export const tellable = (people: number): boolean => people === 0 || people >= fewestTold;

/**
 * Whether the groups' answers to a statement may be told: in each group, and among those in no group, nobody or at least five saw
 * it. Otherwise the whole less the groups would tell of the few.
 */
export function mayTellGroups(landscape: Landscape, statement: number): boolean {
  const { counts, everyone } = landscape;
  if (counts.groups === 0) return false;
  let placed = 0;
  for (let group = 0; group < counts.groups; group++) {
    const seen = counts.seen[group * counts.statements + statement] as number;
    if (!tellable(seen)) return false;
    placed += seen;
  }
  return tellable((everyone.seen[statement] as number) - placed);
}

export interface Answers {
  readonly agree: number;
  readonly disagree: number;
  readonly pass: number;
}

/** The answers one by one, only where none of them was given by one to four people; else null. */
export function tellableAnswers(counts: Counts, group: number, statement: number): Answers | null {
  const cell = group * counts.statements + statement;
  const agree = counts.agree[cell] as number;
  const disagree = counts.disagree[cell] as number;
  const pass = (counts.seen[cell] as number) - agree - disagree;
  return [agree, disagree, pass].every(tellable) ? { agree, disagree, pass } : null;
}
