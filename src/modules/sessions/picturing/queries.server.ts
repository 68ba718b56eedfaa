import type { Tx } from '#platform/db.server.ts';
import '../ballots/tables.ts';
import type { Picture } from '../landscape/landscape.ts';
import '../tables.ts';

/** The last picture that was shown of this session, for whoever is in the room or leads it; null when there is none. */
export async function pictureOf(tx: Tx, session: string): Promise<Picture | null> {
  const row = await tx
    .selectFrom('core.room_picture')
    .select('picture')
    .where('session', '=', session)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.picture as Picture | undefined) ?? null;
}
