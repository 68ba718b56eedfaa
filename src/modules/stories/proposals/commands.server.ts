import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Editor, Teller } from '../access.ts';
import { parseDoc } from '../document/input.ts';
import type { Doc } from '../document/model.ts';
import '../tables.ts';
import { shortestWhy, type TypedProposal } from './input.ts';
import { reworded, saysTheSameAs } from './model.ts';
import { proposalToDecide, tellingToEdit } from './queries.server.ts';

export type BringingRefusal = 'proposal_unknown' | 'proposal_why' | 'proposal_same' | 'proposal_unreadable';
export type DecidingRefusal =
  'proposal_unknown' | 'proposal_decided' | 'proposal_passed' | 'proposal_over_draft';

/** An editor lays other words before the teller, with why; nothing of the telling changes. */
export async function propose(
  tx: Tx,
  { person }: Editor,
  telling: string,
  { why, words }: TypedProposal,
): Promise<Result<{ proposal: string }, BringingRefusal>> {
  const found = await tellingToEdit(tx, telling);
  if (!found) return refused('proposal_unknown');
  if (why.length < shortestWhy) return refused('proposal_why');
  // Both are read anew, so that only words and marks can differ and not how the tree was kept.
  const [now, doc] = [parseDoc(found.doc), parseDoc(reworded(found.doc, words))];
  if (!now.ok || !doc.ok || doc.value.content.length === 0) return refused('proposal_unreadable');
  if (saysTheSameAs(doc.value, now.value)) return refused('proposal_same');
  const { id } = await tx
    .insertInto('core.telling_proposal')
    .values({ telling, version: found.version, doc: doc.value, why, brought_by: person, decided_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok({ proposal: id });
}

/** An editor takes their own proposal back before it was answered. */
export async function withdrawProposal(
  tx: Tx,
  { person }: Editor,
  proposal: string,
): Promise<Result<null, 'proposal_unknown'>> {
  const [gone] = await tx
    .updateTable('core.telling_proposal')
    .set({ standing: 'withdrawn', decided_at: new Date() })
    .where('id', '=', proposal)
    .where('brought_by', '=', person)
    .where('standing', '=', 'waiting')
    .execute();
  return gone?.numUpdatedRows === 1n ? ok(null) : refused('proposal_unknown');
}

const layInDraft = (tx: Tx, telling: string, doc: Doc) =>
  sql`insert into core.telling_draft (telling, doc) values (${telling}, ${JSON.stringify(doc)}::jsonb)
    on conflict (telling) do update set doc = excluded.doc, saved_at = now()`.execute(tx);

/**
 * The teller answers a proposal. A yes lays the words in the teller's own draft and nowhere else: what is open stays as it is until
 * the teller has seen the new version as it will appear and consents to that. A draft they wrote themselves is replaced only when
 * they say so.
 */
export async function decideProposal(
  tx: Tx,
  _teller: Teller,
  { telling, proposal }: { readonly telling: string; readonly proposal: string },
  answer: { readonly yes: boolean; readonly replaceDraft: boolean },
): Promise<Result<null, DecidingRefusal>> {
  const found = await proposalToDecide(tx, telling, proposal);
  if (!found) return refused('proposal_unknown');
  if (found.standing !== 'waiting') return refused('proposal_decided');
  if (answer.yes && found.passed) return refused('proposal_passed');
  if (answer.yes && found.draftDiffers && !answer.replaceDraft) return refused('proposal_over_draft');
  if (answer.yes) await layInDraft(tx, telling, found.doc);
  await tx
    .updateTable('core.telling_proposal')
    .set({ standing: answer.yes ? 'accepted' : 'declined', decided_at: new Date() })
    .where('id', '=', proposal)
    .execute();
  return ok(null);
}

/** Writes down, for the teller to see, that a telling that is not open to everyone was read by an editor; never who. */
export const noteEditorsLook = (tx: Tx, _editor: Editor, telling: string) =>
  sql`select core.note_look(${telling}, 'editor')`.execute(tx);
