import { remark } from '#modules/sessions/minutes/commands.server.ts';
import { parseRemark } from '#modules/sessions/minutes/input.ts';
import { minutesInside } from '#modules/sessions/minutes/queries.server.ts';
import type { DraftSeen } from '#modules/sessions/reading/model.ts';
import type { RoomSeen } from '#modules/sessions/room/model.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused } from '#platform/result.ts';
import type { RequestEvent } from './$types';
import { inRoom, type Here } from './here.server.ts';

/** The draft of the minutes after the close, in the transaction of the phone; null before it. */
export async function minutesSeen(tx: Tx, here: Here, room: RoomSeen): Promise<DraftSeen | null> {
  if (room.state !== 'closed' && room.state !== 'shared') return null;
  const inside = await minutesInside(tx, here.session);
  if (!inside) return null;
  const { shareFrom, minutes, remarks, held } = inside;
  return { until: shareFrom !== null && shareFrom > now() ? shareFrom : null, minutes, remarks, held };
}

export const minutesActions = {
  remark: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form, language }) => {
      const said = parseRemark(form);
      const answer = said.ok ? await remark(tx, phone, { session, language, ...said.value }) : said;
      return answer.ok ? ok('sessions.done.remark') : refused(`sessions.refused.${answer.reason}`);
    }),
};
