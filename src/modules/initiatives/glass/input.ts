import { line, type Given, type PeopleProblem, type Typed } from '#modules/people/input.ts';
import { longestHours, shortestReason } from './model.ts';

export interface GlassParsed {
  readonly typed: Typed;
  readonly said: { readonly slug: string; readonly reason: string; readonly hours: number } | null;
  readonly problems: readonly PeopleProblem[];
}

/** Reads whose glass is to be broken, why and for how many hours. Every problem at once, each with its question. */
export function parseGlass(given: Given): GlassParsed {
  const typed = {
    slug: line(given, 'slug', 300).replace(/\/+$/, '').replace(/^.*\//, ''),
    reason: line(given, 'reason', 1000),
    hours: line(given, 'hours', 3),
  };
  const hours = /^\d{1,2}$/.test(typed.hours) ? Number(typed.hours) : 0;
  const problems: PeopleProblem[] = [
    ...(typed.slug === '' ? [{ field: 'slug', reason: 'people.desk.problem.glass.slug' } as const] : []),
    ...([...typed.reason].length < shortestReason
      ? [{ field: 'reason', reason: 'people.desk.problem.glass.reason' } as const]
      : []),
    ...(hours < 1 || hours > longestHours
      ? [{ field: 'hours', reason: 'people.desk.problem.glass.hours' } as const]
      : []),
  ];
  return {
    typed,
    said: problems.length === 0 ? { slug: typed.slug, reason: typed.reason, hours } : null,
    problems,
  };
}
