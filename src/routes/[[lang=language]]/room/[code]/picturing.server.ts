import type { Picture } from '#modules/sessions/landscape/landscape.ts';
import { pictureOf } from '#modules/sessions/picturing/queries.server.ts';
import { statementsIn } from '#modules/sessions/minutes/queries.server.ts';
import type { StatementRead } from '#modules/sessions/reading/model.ts';
import type { RoomSeen } from '#modules/sessions/room/model.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Here } from './here.server.ts';

/** The last picture of the room in the step that shows it; after the close it stands in the minutes. Else null. */
export async function picturingSeen(
  tx: Tx,
  here: Here,
  room: RoomSeen,
): Promise<{ picture: Picture | null; statements: StatementRead[] } | null> {
  if (room.step?.kind !== 'landscape') return null;
  return {
    picture: await pictureOf(tx, here.session),
    statements: await statementsIn(tx, here.session),
  };
}
