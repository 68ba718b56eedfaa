import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { byLink } from '#platform/viewer.ts';
import { typedEarlier } from '../input.ts';
import type { Typed } from '../model.ts';
import '../tables.ts';
import { holderOf, type DraftHolder } from './access.ts';

/** The fingerprint under which the word of a draft is kept; hyphens only make it easier to write over. */
export const hashOf = (word: string): Buffer =>
  createHash('sha256')
    .update(`draft ${word.replaceAll('-', '')}`)
    .digest();

/** Who holds the draft that this word opens, or null when it opens none (any more). */
export async function draftNamed(word: string): Promise<DraftHolder | null> {
  const { rows } = await withViewer(byLink(null), (tx) =>
    sql<{ id: string | null }>`select core.open_draft(${hashOf(word)}) as id`.execute(tx),
  );
  const id = rows[0]?.id;
  return id ? holderOf(id) : null;
}

/** What was typed in a draft; null when who is asking holds no such draft. */
export async function typedInDraft(tx: Tx, draft: string): Promise<Typed | null> {
  const row = await tx.selectFrom('vault.draft').select('typed').where('id', '=', draft).executeTakeFirst();
  return row ? typedEarlier(row.typed) : null;
}
