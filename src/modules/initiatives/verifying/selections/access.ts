import type { Region } from '../../asking/model.ts';

declare const keeper: unique symbol;

/** A region for which the database found that who is asking may keep selections: as partner or editor there. */
export interface SelectionRegion {
  readonly region: Region;
  readonly [keeper]: true;
}

export function selectionRegion(region: Region, mayKeep: boolean): SelectionRegion | null {
  return mayKeep ? ({ region } as SelectionRegion) : null;
}

declare const kept: unique symbol;

/** A selection of which the database found that who is asking keeps it. */
export interface OwnSelection {
  readonly id: string;
  readonly key: string;
  readonly [kept]: true;
}

export function ownSelection(found: {
  readonly id: string;
  readonly key: string;
  readonly mine: boolean;
}): OwnSelection | null {
  return found.mine ? ({ id: found.id, key: found.key } as OwnSelection) : null;
}
