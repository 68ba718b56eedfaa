import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { endBringing, noteProgress, sweepBringings } from './commands.server.ts';
import { layFile, type FileLaid } from './laying/commands.server.ts';
import type { Outcome } from './model.ts';
import { bringingOf, fileOf } from './queries.server.ts';
import { bringerOf, type Bringer } from './reach/queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'bring-in': { readonly bringing: string };
    'sweep-bringings': Record<string, never>;
  }
}

const mostProblems = 1_000;
const nobody: Bringer = { person: null, everywhere: false, regions: new Set() };

/** Brings a file in that waits for it, wholly or not at all, and notes what became of it. Done again it changes nothing. */
export async function bringIn({ bringing: id }: { readonly bringing: string }): Promise<void> {
  try {
    const laid = await withViewer(house, async (tx) => {
      const laid = await layWaiting(tx, id);
      if (laid && !laid.ok) throw new Halfway(laid);
      if (laid?.ok) await endBringing(tx, id, 'done', laid.outcome);
    }).catch((error: unknown) => {
      if (error instanceof Halfway) return error.laid;
      throw error;
    });
    if (laid) await withViewer(house, (tx) => endBringing(tx, id, 'refused', outcomeOf(laid)));
  } catch (error) {
    // The database was away: the job is tried again. Anything else would go wrong again.
    if (!isPassing(error)) await withViewer(house, (tx) => endBringing(tx, id, 'refused', { failed: true }));
    throw error;
  }
}

/** Lets go of files that nobody brought in. */
export const sweepFiles = () => withViewer(house, sweepBringings);

/** Ends the transaction, so that nothing of a refused file stays. */
class Halfway extends Error {
  readonly laid: Exclude<FileLaid, { ok: true }>;
  constructor(laid: Exclude<FileLaid, { ok: true }>) {
    super('refused');
    this.laid = laid;
  }
}

async function layWaiting(tx: Tx, id: string): Promise<FileLaid | null> {
  // Of two hands that take up the same file one waits and then finds it done.
  await sql`select pg_advisory_xact_lock(20151128, hashtext(${id}))`.execute(tx);
  const bringing = await bringingOf(tx, id);
  const bytes = await fileOf(tx, id);
  if (!bringing || !bytes || (bringing.standing !== 'waiting' && bringing.standing !== 'running'))
    return null;
  const { rows } = await sql<{
    by: string | null;
  }>`select brought_by as by from core.bringing where id = ${id}`.execute(tx);
  const by = rows[0]?.by ?? null;
  const progress = (done: number) => withViewer(house, (other) => noteProgress(other, id, done));
  await progress(0);
  return layFile(tx, bytes, bringing, {
    // Who left meanwhile watches over nothing.
    bringer: by === null ? nobody : await bringerOf(tx, by),
    choices: bringing.choices,
    progress,
  });
}

function outcomeOf(laid: Exclude<FileLaid, { ok: true }>): Outcome {
  if (laid.kind === 'rows')
    return { problems: laid.problems.slice(0, mostProblems), problemCount: laid.problems.length };
  return { failed: true };
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(08|57P|40|55P03|ECONN|EPIPE|ETIMEDOUT|53)/.test(code);
}
