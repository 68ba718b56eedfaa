import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import { tellRoom } from '../../live/commands.server.ts';
import { holdSession } from '../../preparing/queries.server.ts';
import '../../saying/tables.ts';
import type { Moderating } from '../input.ts';
import { afterModerating } from '../model.ts';

export type ModeratingRefusal = 'not_yours' | 'not_now' | 'not_so' | 'why_missing' | 'no_such_statement';

/**
 * Holds, protects, joins or gives back a statement. Its words stay as they are, and its author keeps seeing them with the reason.
 * What was joined with it goes along to the one it is joined with.
 */
export async function moderate(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  number: number,
  { deed, into, why }: Moderating,
): Promise<Result<null, ModeratingRefusal>> {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  // After the close the minutes tell what was said; they are answered, not steered.
  if (!['lobby', 'live', 'paused'].includes(held.state)) return refused('not_now');
  const [one, other] = [
    await under(tx, session, number),
    into === null ? null : await under(tx, session, into),
  ];
  if (!one) return refused('no_such_statement');
  const standing = afterModerating(one.standing, deed);
  if (!standing.ok) return standing;
  if ((deed === 'hold' || deed === 'protect') && why === null) return refused('why_missing');
  const joins = other && other.id !== one.id && other.standing === 'open' && other.form === one.form;
  if (deed === 'merge' && !joins) return refused('no_such_statement');
  const merged_into = deed === 'merge' && other ? other.id : null;
  if (merged_into)
    await tx.updateTable('core.statement').set({ merged_into }).where('merged_into', '=', one.id).execute();
  await tx
    .updateTable('core.statement')
    .set({
      standing: standing.value,
      merged_into,
      why: deed === 'give-back' || deed === 'merge' ? null : why,
    })
    .where('id', '=', one.id)
    .execute();
  await tellRoom(tx, session, 'statement', { number });
  return ok(null);
}

const under = (tx: Tx, session: string, number: number) =>
  tx
    .selectFrom('core.statement')
    .select(['id', 'standing', 'form'])
    .where('session', '=', session)
    .where('number', '=', number)
    .executeTakeFirst();
