import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { layOpen } from '../../commands.server.ts';
import type { WatchedMatter } from '../access.ts';
import type { Proposal } from '../model.ts';
import '../tables.ts';
import { applyProposal } from './apply.server.ts';
import { forgetAssignment } from './assign.server.ts';

/**
 * Accepts a new entry, which is laid open, or a proposal, which is written in the entry. Whoever brought it is written to;
 * the person who brought a new entry belongs to it from then on. A refusal leaves everything as it waits.
 */
export async function acceptMatter(tx: Tx, matter: WatchedMatter, why: string | null): Promise<Result<null>> {
  if (matter.kind === 'new') return acceptNew(tx, matter, why);
  if (matter.kind !== 'proposal') return refused('not-this-way');
  const proposal = await waitingProposal(tx, matter.subject);
  if (!proposal) return refused('gone');
  const applied = await applyProposal(tx, proposal);
  if (!applied.ok) return applied;
  await decide(tx, matter, proposal.id, 'accepted', why);
  return ok(null);
}

/** Declines a new entry, which leaves, or a proposal, with a reason that is told kindly to whoever brought it. */
export async function declineMatter(tx: Tx, matter: WatchedMatter, why: string): Promise<Result<null>> {
  if (matter.kind === 'new') return declineNew(tx, matter, why);
  if (matter.kind !== 'proposal') return refused('not-this-way');
  const proposal = await waitingProposal(tx, matter.subject);
  if (!proposal) return refused('gone');
  await decide(tx, matter, proposal.id, 'declined', why);
  return ok(null);
}

async function acceptNew(tx: Tx, matter: WatchedMatter, why: string | null): Promise<Result<null>> {
  if (!(await standAs(tx, matter.initiative, 'laid'))) return refused('gone');
  await sql`select core.welcome(${matter.initiative})`.execute(tx);
  await layOpen(tx, [matter.initiative]);
  await decide(tx, matter, await proposalOfNew(tx, matter.initiative), 'accepted', why);
  return ok(null);
}

async function declineNew(tx: Tx, matter: WatchedMatter, why: string): Promise<Result<null>> {
  if (!(await standAs(tx, matter.initiative, 'withdrawn'))) return refused('gone');
  await decide(tx, matter, await proposalOfNew(tx, matter.initiative), 'declined', why);
  return ok(null);
}

async function standAs(tx: Tx, initiative: string, standing: 'laid' | 'withdrawn'): Promise<boolean> {
  const stands = await tx
    .updateTable('core.initiative')
    .set({ standing, changed_at: sql<Date>`now()` })
    .where('id', '=', initiative)
    .where('standing', '=', 'proposed')
    .returning('id')
    .executeTakeFirst();
  return stands !== undefined;
}

/** A new entry that came without a proposal gets one, so that what was decided of it and why is kept like all else. */
async function proposalOfNew(tx: Tx, initiative: string): Promise<string> {
  const held = await tx
    .selectFrom('core.proposal')
    .select('id')
    .where('initiative_id', '=', initiative)
    .where('kind', '=', 'new')
    .where('standing', '=', 'waiting')
    .executeTakeFirst();
  if (held) return held.id;
  const { id } = await tx
    .insertInto('core.proposal')
    .values({
      initiative_id: initiative,
      kind: 'new',
      words: JSON.stringify({ day: today() }),
      said_by: 'own',
      brought_by: sql<string | null>`core.viewer()`,
      decided_by: null,
      decided_at: null,
      decided_why: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function waitingProposal(tx: Tx, id: string): Promise<Proposal | null> {
  const { rows } = await sql<Proposal>`
    select id, initiative_id as initiative, kind, words, said_by as "saidBy" from core.proposal
    where id = ${id} and standing = 'waiting' and kind <> 'new' for update`.execute(tx);
  return rows[0] ?? null;
}

async function decide(
  tx: Tx,
  matter: WatchedMatter,
  proposal: string,
  standing: 'accepted' | 'declined',
  why: string | null,
): Promise<void> {
  await tx
    .updateTable('core.proposal')
    .set({
      standing,
      decided_by: sql<string | null>`core.viewer_person()`,
      decided_at: sql<Date>`now()`,
      decided_why: why,
    })
    .where('id', '=', proposal)
    .execute();
  await forgetAssignment(tx, matter);
  await putOff(tx, 'tell-bringer', { proposal });
}
