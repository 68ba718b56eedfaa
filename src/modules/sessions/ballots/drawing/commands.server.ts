import type { Tx } from '#platform/db.server.ts';
import { insistOnOperator } from '#platform/access.server.ts';
import { picture, type Landscape, type Picture } from '../../landscape/landscape.ts';
import { tellRoom } from '../../live/commands.server.ts';
import '../../tables.ts';
import '../tables.ts';
import { shownIn } from './model.ts';

/**
 * Shows a landscape to the room as its next picture, unless another one was shown after `last` or the room closed meanwhile: then
 * it answers false and is to be drawn anew. What it rests on is kept until the last picture after the close.
 */
export async function showPicture(
  tx: Tx,
  session: string,
  { state, last }: { readonly state: string; readonly last: number },
  shown: Landscape,
): Promise<boolean> {
  await insistOnOperator(tx);
  const room = await tx
    .selectFrom('core.session')
    .select('state')
    .where('id', '=', session)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const before = await lastPicture(tx, session);
  if (room?.state !== state || (before?.number ?? 0) !== last) return false;
  const number = last + 1;
  await tx
    .insertInto('core.room_picture')
    .values({
      session,
      number,
      people: shown.participants,
      votes: shown.counted,
      picture: drawn(shown, before?.picture as Picture | undefined),
    })
    .execute();
  const ballots = shownIn(shown).map((ballot) => ({ session, number, ...ballot }));
  for (let at = 0; at < ballots.length; at += 1_000)
    await tx
      .insertInto('core.room_picture_ballot')
      .values(ballots.slice(at, at + 1_000))
      .execute();
  await tellRoom(tx, session, 'picture', { number });
  return true;
}

/** Nothing is drawn any more: what the pictures rested on goes. */
export async function forgetWhatPicturesRestOn(tx: Tx, session: string): Promise<void> {
  await insistOnOperator(tx);
  await tx.deleteFrom('core.room_picture_ballot').where('session', '=', session).execute();
}

async function lastPicture(tx: Tx, session: string) {
  return tx
    .selectFrom('core.room_picture')
    .select(['number', 'picture'])
    .where('session', '=', session)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A picture that keeps the voices of the last one also keeps why they are shown, or why not. */
function drawn(shown: Landscape, before: Picture | undefined): Picture {
  const now = picture(shown);
  if (shown.groups.reason !== 'given' || !before) return now;
  return { ...now, groups: { ...now.groups, why: before.groups.why } };
}
