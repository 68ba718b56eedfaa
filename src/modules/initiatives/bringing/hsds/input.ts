import type { RowsRead } from '../rows/input.ts';

/** The records of a file in the form of HSDS as rows of a source. */
export function hsdsRows(_json: unknown, _source: string): RowsRead {
  return { rows: [], problems: [] };
}
