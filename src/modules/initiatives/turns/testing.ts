import type { Shape } from '../model.ts';
import type { Life, Telling, Turn } from './model.ts';

export const aShape: Shape = {
  name: 'Taalcafé',
  kind: 'initiative',
  formality: 1,
  ledBy: 'refugee-led',
  scope: 'city',
  phases: ['landing'],
  themes: ['language'],
  audiences: ['newcomers'],
  languages: ['ar'],
};

/** A telling of public sources, with what differs from an undated beginning. */
export function aTelling(fact: string, given: Partial<Telling> = {}): Telling {
  return {
    fact,
    key: fact,
    kind: 'noticed',
    day: null,
    precision: 'unknown',
    change: {},
    saidBy: 'public-sources',
    insteadOf: null,
    sources: [],
    ...given,
  };
}

/** A life that began on 1 March 2016, with whatever else was told of it. */
export function aLife(...tellings: readonly Telling[]): Life {
  return {
    start: aShape,
    tellings: [aTelling('begin', { kind: 'founded', day: '2016-03-01', precision: 'day' }), ...tellings],
  };
}

/** A turn on 1 June 2020, with what differs from a hard time. */
export function aTurn(given: Partial<Turn> = {}): Turn {
  return {
    kind: 'crisis',
    day: '2020-06-01',
    precision: 'day',
    change: {},
    words: null,
    sources: [],
    others: [],
    into: null,
    goesOn: true,
    insteadOf: null,
    ...given,
  };
}
