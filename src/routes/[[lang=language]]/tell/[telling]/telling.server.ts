import { error, type RequestEvent } from '@sveltejs/kit';
import { tellerOf } from '#modules/stories/access.ts';
import type { Medium } from '#modules/stories/media/model.ts';
import { mediaOfTelling } from '#modules/stories/media/queries.server.ts';
import type { TellingToWrite } from '#modules/stories/telling/model.ts';
import { tellingToWrite } from '#modules/stories/telling/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';

type Asking = Pick<RequestEvent<{ telling: string }>, 'locals' | 'params'>;

/** Who tells here; a page that is not there for anyone else. */
export const tellerHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  tellerOf(locals.viewer) ?? error(404, 'not found');

/** Does something with the telling in the address; one that is not theirs to tell is one that is not there. */
export async function withTelling<Answer>(
  event: Asking,
  work: (tx: Tx, telling: TellingToWrite) => Promise<Answer>,
): Promise<Answer> {
  tellerHere(event);
  return withViewer(event.locals.viewer, async (tx) =>
    work(tx, (await tellingToWrite(tx, event.params.telling)) ?? error(404, 'not found')),
  );
}

/** The photos and voices of a telling. */
export async function mediaHere(tx: Tx, telling: string): Promise<Medium[]> {
  const photos = await mediaOfTelling(tx, telling, 'photo');
  const voices = await mediaOfTelling(tx, telling, 'voice');
  return [...(photos?.media ?? []), ...(voices?.media ?? [])];
}
