import { withViewer } from '#platform/db.server.ts';
import { house, visitor } from '#platform/viewer.ts';
import { guesses } from '../guessing/model.ts';
import type { Mapping, Outcome } from '../model.ts';
import { knownNames } from '../queries.server.ts';
import { theOperator, type Bringer } from '../reach/queries.server.ts';
import { readFile } from '../reading/input.ts';
import { layFile, type FileLaid } from './commands.server.ts';

async function guessed(bytes: Buffer): Promise<Mapping> {
  const read = await readFile(bytes, null);
  if (!read.ok || read.kind !== 'table') throw new Error('no table');
  const known = await withViewer(visitor, knownNames);
  return Object.fromEntries(
    [...guesses(read.table, {}, known)].map(([column, { field }]) => [column, field]),
  );
}

export interface Wish {
  readonly source?: string;
  readonly bringer?: Bringer;
  readonly choices?: Record<string, string>;
  readonly mapping?: Mapping;
  readonly progress?: (done: number) => void;
}

/** Reads a file, lays it in the house's name and answers what became of it; nothing of a refused one stays. */
export async function bring(
  bytes: Buffer,
  { source = 'made', bringer = theOperator, choices = {}, mapping, progress = () => undefined }: Wish = {},
): Promise<FileLaid> {
  const meaning = {
    source,
    sheet: null,
    mapping: mapping ?? (await guessed(bytes)),
    language: 'nl' as const,
  };
  return withViewer(house, async (tx) => {
    const laid = await layFile(tx, bytes, meaning, { bringer, choices, progress });
    if (!laid.ok) throw Object.assign(new Error('refused'), { laid });
    return laid;
  }).catch((error: unknown) => {
    if (error instanceof Error && 'laid' in error) return error.laid as FileLaid;
    throw error;
  });
}
/** The same for a file that has to be taken. */
export async function brought(bytes: Buffer, wish: Wish = {}): Promise<Outcome> {
  const laid = await bring(bytes, wish);
  if (!laid.ok) throw new Error(JSON.stringify(laid).slice(0, 500));
  return laid.outcome;
}
