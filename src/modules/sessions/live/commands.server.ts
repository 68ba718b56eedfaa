import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import type { RoomEventKind } from '../model.ts';

/**
 * Writes down in this transaction that something happened in the room and answers its number; at the commit every phone in the
 * room hears it, in every process. The walls refuse (an error) whoever is not in the room and does not lead it. From here on the
 * deeds of one room wait for each other, so it is the last thing a deed does.
 */
export async function tellRoom(
  tx: Tx,
  session: string,
  kind: RoomEventKind,
  about: Readonly<Record<string, string | number | null>> = {},
): Promise<number> {
  // What was voted until here can be looked at in what follows.
  if (kind === 'step') await putOff(tx, 'draw-picture', { session }, { onlyOnce: session });
  const { rows } = await sql<{
    number: number;
  }>`select core.tell_room(${session}::uuid, ${kind}, ${JSON.stringify(about)}::jsonb) as number`.execute(tx);
  const [event] = rows;
  if (!event) throw new Error('The room took no event.');
  return event.number;
}
