import type { Day } from '#platform/clock.ts';
import type { Region } from '../../asking/model.ts';
import type { Kind, State } from '../../model.ts';

/** A list of entries that a municipality or network cleared for its own use. It changes nothing of what others see. */
export interface Selection {
  readonly key: string;
  readonly name: string;
  readonly about: string | null;
  /** Which municipality or network keeps it. */
  readonly keptBy: string;
  readonly madeOn: Day;
  readonly count: number;
}

export interface ClearedEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: Kind;
  readonly state: State;
  readonly town: string | null;
  readonly clearedOn: Day;
}

/** As its keepers see it: also who cleared what. */
export interface KeptSelection extends Selection {
  readonly id: string;
  readonly region: Region;
  readonly entries: readonly (ClearedEntry & { readonly by: string | null })[];
}

export interface SelectionWish {
  readonly name: string;
  readonly about: string | null;
  readonly keptBy: string;
  readonly region: Region;
}

/** The word in the address of a list with this name: Latin letters and digits; empty when the name has none. */
export function keyFrom(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
}
