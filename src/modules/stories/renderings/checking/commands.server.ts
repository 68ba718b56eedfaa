import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Teller, Translator } from '../../access.ts';
import { settleTelling } from '../../opening/jobs.server.ts';
import type { Verdict } from '../input.ts';
import { bothSides } from '../queries.server.ts';
import '../tables.ts';

export type CheckRefusal = 'rendering_unknown' | 'rendering_own' | 'rendering_draft';

interface Which {
  readonly telling: string;
  readonly rendering: string;
}

const remark = (tx: Tx, rendering: string, person: string, byTeller: boolean, { isRight, words }: Verdict) =>
  tx
    .insertInto('core.rendering_remark')
    .values({ rendering, said_by: person, by_teller: byTeller, is_right: isRight, words })
    .execute();

/**
 * The teller says whether a rendering is right. What is right is marked as checked by the teller; what is not goes back to its
 * translator with the teller's words, and is off the street until it is done again.
 */
export async function checkAsTeller(
  tx: Tx,
  { person }: Teller,
  { telling, rendering }: Which,
  verdict: Verdict,
): Promise<Result<null, CheckRefusal>> {
  const both = await bothSides(tx, telling, rendering);
  if (!both?.telling.tells) return refused('rendering_unknown');
  if (both.rendering.standing === 'draft') return refused('rendering_draft');
  await remark(tx, rendering, person, true, verdict);
  await tx
    .updateTable('core.rendering')
    .set({ standing: verdict.isRight ? 'checked-by-teller' : 'draft', checked_by: person })
    .where('id', '=', rendering)
    .execute();
  await settleTelling(tx, telling);
  return ok(null);
}

/** Another of the network says whether a rendering is right; a check of the teller stays above it, and nobody checks their own. */
export async function checkAsOther(
  tx: Tx,
  { person }: Translator,
  { telling, rendering }: Which,
  verdict: Verdict,
): Promise<Result<null, CheckRefusal>> {
  const both = await bothSides(tx, telling, rendering);
  if (!both) return refused('rendering_unknown');
  if (both.rendering.mine) return refused('rendering_own');
  if (both.rendering.standing === 'draft') return refused('rendering_draft');
  await remark(tx, rendering, person, both.telling.tells, verdict);
  if (verdict.isRight && both.rendering.standing === 'done')
    await tx
      .updateTable('core.rendering')
      .set({ standing: 'checked-by-other', checked_by: person })
      .where('id', '=', rendering)
      .execute();
  await settleTelling(tx, telling);
  return ok(null);
}

/** Writes down, for the teller to see, that a telling that is not open to everyone was read by a translator; never who. */
export const noteLook = (tx: Tx, _translator: Translator, telling: string) =>
  sql`select core.note_look(${telling}, 'translator')`.execute(tx);
