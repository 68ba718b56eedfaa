import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { publishable } from '../../landscape/landscape.ts';
import { landscapeOf } from '../../landscape/worker.server.ts';
import '../../tables.ts';
import '../tables.ts';
import { forgetWhatPicturesRestOn, showPicture } from './commands.server.ts';
import { restsOnTheSame } from './model.ts';
import { shownBefore, votesIn } from './queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'draw-picture': { readonly session: string };
  }
}

const mostTries = 3;

/**
 * Draws the landscape of a room and shows it, as far as it may be shown after the pictures before it: what one to four people did
 * since never shows. With fewer people than the smallest size nothing is drawn.
 */
export async function drawPicture({ session }: { readonly session: string }): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    const seen = await withViewer(house, async (tx) => {
      const room = await tx
        .selectFrom('core.session as s')
        .leftJoin('core.room_picture as p', 'p.session', 's.id')
        .select(({ fn }) => ['s.state', 's.smallest', fn.max('p.number').as('last')])
        .where('s.id', '=', session)
        .where('s.state', 'in', ['live', 'paused', 'closed'])
        .groupBy('s.id')
        .executeTakeFirst();
      if (!room) return null;
      const votes = await votesIn(tx, session);
      return { ...room, last: room.last ?? 0, votes, before: await shownBefore(tx, session, room.smallest) };
    });
    if (!seen) return;
    const isOver = seen.state === 'closed';
    const next = await landscapeOf(seen.votes, { minGroup: seen.smallest });
    const shown = publishable(seen.before, next);
    const last = seen.before.at(-1);
    const isNew = next.participants >= seen.smallest && !(last && restsOnTheSame(last, shown));
    const done = await withViewer(house, async (tx) => {
      const shows = !isNew || (await showPicture(tx, session, seen, shown));
      if (shows && isOver) await forgetWhatPicturesRestOn(tx, session);
      return shows;
    });
    if (done) return;
  }
  throw new Error('The room changed each time its picture was drawn.');
}
