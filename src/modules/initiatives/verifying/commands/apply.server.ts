import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { isDay } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { tellEvent } from '../../asking/commands/tell.server.ts';
import { layOpen } from '../../commands.server.ts';
import { layProposedChange } from '../../keeping/commands/propose-changes.server.ts';
import type { ProposedWords } from '../../keeping/model.ts';
import type { ProposalKind } from '../../model.ts';
import { applyProposal as applyTurn } from '../../turns/commands.server.ts';
import type { Proposal } from '../model.ts';

type Applier = (tx: Tx, proposal: Proposal) => Promise<Result<unknown>>;

// The one place where a proposal becomes a deed: each kind is written by the sub-room that also writes it for a keeper.
const appliers: Partial<Record<ProposalKind, Applier>> = {
  change: layChange,
  stopped: layStop,
  event: applyTurn,
  split: applyTurn,
  merge: applyTurn,
  relation: applyTurn,
};

/** Does what a proposal says, in the voice of who said it; refuses what does not fit and leaves it to the caller to let go. Asks who watches over the entry. */
export async function applyProposal(tx: Tx, proposal: Proposal): Promise<Result<unknown>> {
  if (!(await hasRight(tx, 'watch', [proposal.initiative]))) return refused('elsewhere');
  const apply = appliers[proposal.kind];
  return apply ? apply(tx, proposal) : refused('not-this-way');
}

async function layChange(tx: Tx, { id, initiative, words }: Proposal): Promise<Result<unknown>> {
  // What was told in free words a verifier reads and writes in the entry by hand; to accept it is to say that this is done.
  if ('said' in words) return ok(null);
  const laid = await layProposedChange(tx, { id, initiative, words: words as ProposedWords & typeof words });
  return laid ? ok(null) : refused('does-not-fit');
}

async function layStop(tx: Tx, { initiative, words, saidBy }: Proposal): Promise<Result<unknown>> {
  const { day, precision } = words;
  if (typeof day !== 'string' || !isDay(day)) return refused('does-not-fit');
  const known = precision === 'year' || precision === 'month' ? precision : ('at-latest' as const);
  await tellEvent(tx, initiative, {
    key: `ended:${saidBy}:${day}`,
    kind: 'ended',
    day,
    precision: known,
    saidBy: saidBy === 'own' ? 'own' : 'verifier',
  });
  await sql`update core.initiative set changed_at = now() where id = ${initiative}`.execute(tx);
  await layOpen(tx, [initiative]);
  return ok(null);
}
