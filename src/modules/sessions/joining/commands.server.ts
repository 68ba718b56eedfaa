import type { Tx } from '#platform/db.server.ts';
import { ok, type Result } from '#platform/result.ts';
import type { RoomPhone } from '../access.ts';
import '../tables.ts';

/**
 * Does this deed of the phone once: the same key again answers what the first answered, also when both come at the same time.
 * What was refused may be tried again.
 */
export async function onceFor<Value extends string | null, Reason extends string>(
  tx: Tx,
  phone: RoomPhone,
  deed: string,
  work: () => Promise<Result<Value, Reason>>,
): Promise<Result<Value, Reason>> {
  const taken = await tx
    .insertInto('core.room_deed')
    .values({ phone: phone.id, deed })
    .onConflict((conflict) => conflict.doNothing())
    .returning('deed')
    .executeTakeFirst();
  const ofThis = (kind: 'phone' | 'deed') => [kind, '=', kind === 'phone' ? phone.id : deed] as const;
  if (!taken) {
    const { outcome } = await tx
      .selectFrom('core.room_deed')
      .select('outcome')
      .where(...ofThis('phone'))
      .where(...ofThis('deed'))
      .executeTakeFirstOrThrow();
    return ok((outcome as { readonly value: Value }).value);
  }
  const answer = await work();
  if (answer.ok)
    await tx
      .updateTable('core.room_deed')
      .set({ outcome: JSON.stringify({ value: answer.value }) })
      .where(...ofThis('phone'))
      .where(...ofThis('deed'))
      .execute();
  else
    await tx
      .deleteFrom('core.room_deed')
      .where(...ofThis('phone'))
      .where(...ofThis('deed'))
      .execute();
  return answer;
}
