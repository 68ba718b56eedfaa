import type { Region } from './model.ts';

declare const asker: unique symbol;

/** A region in which the database found that who is asking may start campaigns. */
export interface AskingRegion {
  readonly region: Region;
  readonly [asker]: true;
}

/** The region as a proof when core.may_ask says so: for its verifiers and editors, an admin and the operator; else null. */
export function askingRegion(region: Region, mayAsk: boolean): AskingRegion | null {
  return mayAsk ? ({ region } as AskingRegion) : null;
}
