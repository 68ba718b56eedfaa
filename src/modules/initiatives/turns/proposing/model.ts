import { isDay, type Day } from '#platform/clock.ts';
import { datePrecisions, scopes, type Shape } from '../../model.ts';
import { turnKinds, type Party, type Turn } from '../model.ts';

/**
 * A turn as it waits for a verifier: words of core.proposal, one plain answer each, so that they can be read in the queue.
 * The others are there by name and, in the same order, by key.
 */
export interface ProposedTurn {
  readonly turn: string;
  readonly day: Day | null;
  readonly precision: string;
  readonly name?: string;
  readonly formality?: number;
  readonly scope?: string;
  readonly place?: string;
  readonly others?: readonly string[];
  readonly keys?: readonly string[];
  readonly into?: string;
  readonly goesOn?: boolean;
  readonly said?: string;
  readonly language?: string;
  readonly sources?: readonly string[];
  /** The fact that is told anew. */
  readonly fact?: string;
  readonly insteadOf?: string;
  /** That the fact did not happen. */
  readonly takeBack?: boolean;
}

/** What a verifier is asked to look at: a turn, or that a fact did not happen. */
export interface Proposed {
  readonly turn: Turn;
  readonly fact: string | null;
  readonly place: string | null;
  readonly takeBack: boolean;
}

const keyOf = (party: Party): string => ('entry' in party ? party.entry : '');

/** The words under which a turn waits; `names` are what the others are called. */
export function wordsOfTurn(
  { turn, fact, place, takeBack }: Proposed,
  names: ReadonlyMap<string, string>,
): ProposedTurn {
  const { kind, day, precision, change, words, sources, others, into, goesOn, insteadOf } = turn;
  const all = into !== null && into !== 'self' ? [into, ...others] : others;
  return {
    turn: kind,
    day,
    precision,
    ...(change.name !== undefined && { name: change.name }),
    ...(change.formality !== undefined && change.formality !== null && { formality: change.formality }),
    ...(change.scope !== undefined && change.scope !== null && { scope: change.scope }),
    ...(place !== null && { place }),
    ...(all.length > 0 && {
      others: all.map((party) => names.get(keyOf(party)) ?? ''),
      keys: all.map(keyOf),
    }),
    ...(into !== null && { into: into === 'self' ? 'self' : 'first' }),
    ...(kind === 'split' && { goesOn }),
    ...(words && { said: words.text, language: words.language }),
    ...(sources.length > 0 && { sources }),
    ...(fact !== null && { fact }),
    ...(insteadOf !== null && { insteadOf }),
    ...(takeBack && { takeBack }),
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Reads the words of a proposal back; null where they tell of no turn. */
export function proposedTurn(words: Readonly<Record<string, unknown>>): Proposed | null {
  const kind = turnKinds.find((one) => one === words.turn);
  const precision = datePrecisions.find((one) => one === words.precision);
  const day = text(words.day);
  if (!kind || !precision || (day === null) !== (precision === 'unknown') || (day !== null && !isDay(day)))
    return null;
  const parties = texts(words.keys).map((entry): Party => ({ entry }));
  const [first, ...rest] = parties;
  const said = text(words.said);
  const name = text(words.name);
  const scope = scopes.find((one) => one === words.scope);
  const change: Partial<Shape> = {
    ...(name !== null && { name }),
    ...(typeof words.formality === 'number' && { formality: words.formality }),
    ...(scope && { scope }),
  };
  return {
    fact: text(words.fact),
    place: text(words.place),
    takeBack: words.takeBack === true,
    turn: {
      kind,
      day,
      precision,
      change,
      words: said === null ? null : { text: said, language: text(words.language) ?? 'nl' },
      sources: texts(words.sources),
      others: words.into === 'first' ? rest : parties,
      into: words.into === 'self' ? 'self' : words.into === 'first' ? (first ?? null) : null,
      goesOn: kind === 'split' ? words.goesOn === true : words.into === 'self',
      insteadOf: text(words.insteadOf),
    },
  };
}
