import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen } from '../../commands.server.ts';
import { slugFrom } from '../../keeping/model.ts';
import { layEntries, type Laid, type Laying } from '../../laying/commands.server.ts';
import { settleRelations } from '../../relations/commands.server.ts';
import type { Outcome, OutcomeKept, RowProblem } from '../model.ts';
import {
  prepareFile,
  type FileMeaning,
  type Prepared,
  type PreparedRow,
} from '../preparing/queries.server.ts';
import type { FileRefused } from '../reading/input.ts';
import {
  entriesByKey,
  openEntries,
  watchesOver,
  withinReach,
  type Bringer,
} from '../reach/queries.server.ts';

export interface LayWishes {
  readonly source: string;
  readonly bringer: Bringer;
  /** Which open entry a row is, by its key: the word in its address. What is not named is new. */
  readonly choices: Readonly<Record<string, string>>;
  /** Hears how many rows are done. */
  readonly progress?: (done: number) => Promise<void> | void;
}

const mostKept = 200;

/**
 * Lays the rows of a prepared file, all in this transaction: new entries stand at once where their bringer watches and
 * otherwise wait for a verifier, known ones are brought up to date. Rows about entries out of their reach are left alone.
 * Asks the house's transaction, or the operator's.
 */
export async function layPrepared(
  tx: Tx,
  { rows, known }: Prepared,
  { source, bringer, choices, progress = () => undefined }: LayWishes,
): Promise<{ ok: true; outcome: Outcome } | { ok: false; problems: readonly RowProblem[] }> {
  await insistOnOperator(tx);
  const chosen = await openEntries(tx, Object.values(choices));
  // Another house, or this one, may give a file whose keys are our own.
  const ours = await entriesByKey(
    tx,
    rows.map(({ key }) => key),
  );
  const entryOf = (row: PreparedRow) =>
    known.get(row.key)?.initiative ?? ours.get(row.key) ?? chosen.get(choices[row.key] ?? '') ?? null;
  const reached = await withinReach(
    tx,
    bringer,
    rows.flatMap((row) => entryOf(row) ?? []),
  );
  const spoken = new Set<string>();
  const mine = rows.filter((row) => {
    const entry = entryOf(row);
    if (entry === null) return true;
    // Of two rows that are one entry the first speaks.
    const speaks = reached.has(entry) && !spoken.has(entry);
    spoken.add(entry);
    return speaks;
  });
  const layings = mine.map((row): Laying => {
    const initiative = entryOf(row);
    return {
      key: row.key,
      entry: row.entry,
      ...(initiative === null && { slug: slugOf(source, row) }),
      place: row.columns,
      initiative,
      standing: watchesOver(bringer, row.columns) ? 'laid' : 'proposed',
      unsaid: row.unsaid,
    };
  });
  const laid = await layEntries(tx, layings, {
    source,
    known,
    by: bringer.person,
    progress: (done) => progress(Math.round(done / 2)),
  });
  const rowOf = new Map(rows.map(({ key, row }) => [key, row]));
  const changed = laid.filter(({ done }) => done === 'changed');
  const homeless = await settleRelations(
    tx,
    changed.map(({ initiative }) => initiative),
  );
  if (homeless.length > 0) {
    const problems = homeless.map((found) => ({
      ...outsideLives,
      row: rowOf.get(changed[0]?.key ?? '') ?? 0,
      found,
    }));
    return { ok: false, problems };
  }
  await sql`set constraints all immediate`.execute(tx);
  const open = laid.filter(({ done }) => done === 'added' || done === 'changed');
  const half = layings.length / 2;
  await layOpen(
    tx,
    open.map(({ initiative }) => initiative),
    (done) => progress(Math.round(half + (half * done) / Math.max(1, open.length))),
  );
  const standing = new Map(layings.map((laying) => [laying.key, laying.standing]));
  const count = (done: Laid['done']) => laid.filter((each) => each.done === done).length;
  const kept = await keptOf(tx, laid, rowOf);
  const outcome: Outcome = {
    added: count('added'),
    changed: count('changed'),
    same: count('same'),
    left: count('left') + rows.length - mine.length,
    proposed: laid.filter(({ key, done }) => done === 'added' && standing.get(key) === 'proposed').length,
    kept: kept.slice(0, mostKept),
    keptCount: kept.length,
  };
  return { ok: true, outcome };
}

const outsideLives = { field: 'ended', column: '', reason: 'outside_their_lives', hint: '' } as const;

/** What became of a file that was to be laid. A refusal must end the transaction, so that nothing of it stays. */
export type FileLaid =
  | { readonly ok: true; readonly outcome: Outcome }
  | { readonly ok: false; readonly kind: 'file'; readonly refused: FileRefused }
  | { readonly ok: false; readonly kind: 'rows'; readonly problems: readonly RowProblem[] };

/** Reads a file by what it was said to mean and lays it, all or nothing. Asks the house's transaction, or the operator's. */
export async function layFile(
  tx: Tx,
  bytes: Buffer,
  meaning: FileMeaning,
  wishes: Omit<LayWishes, 'source'>,
): Promise<FileLaid> {
  await insistOnOperator(tx);
  const read = await prepareFile(tx, bytes, meaning);
  if (!read.ok) return { ok: false, kind: 'file', refused: read };
  const { prepared } = read;
  if (prepared.problems.length > 0) return { ok: false, kind: 'rows', problems: prepared.problems };
  const laid = await layPrepared(tx, prepared, { ...wishes, source: meaning.source });
  return laid.ok ? laid : { ...laid, kind: 'rows' };
}

async function keptOf(
  tx: Tx,
  laid: readonly Laid[],
  rowOf: ReadonlyMap<string, number>,
): Promise<OutcomeKept[]> {
  const told = laid.filter(({ kept }) => kept.length > 0);
  if (told.length === 0) return [];
  const { rows: named } = await sql<{ id: string; slug: string }>`
    select id, slug from core.initiative where id = any(${told.map(({ initiative }) => initiative)}::uuid[])`.execute(
    tx,
  );
  const slugs = new Map(named.map(({ id, slug }) => [id, slug]));
  return told.flatMap(({ key, initiative, kept }) =>
    kept.map((each) => ({ row: rowOf.get(key) ?? 0, slug: slugs.get(initiative) ?? '', ...each })),
  );
}

/**
 * The word in the address of a new entry: its name and a tail that its key in the source gives. The tail is always there: an
 * address that is taken would tell that an entry nobody may know of is there.
 */
function slugOf(source: string, { key, entry }: PreparedRow): string {
  const tail = createHash('sha256').update(`${source}\n${key}`).digest('hex').slice(0, 8);
  return slugFrom(entry.shape.name, tail);
}
