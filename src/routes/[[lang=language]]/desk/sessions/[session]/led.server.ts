import { error, fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { facilitatorOf, type Facilitator } from '#modules/sessions/access.ts';
import type { PreparedSession } from '#modules/sessions/preparing/model.ts';
import { preparedSession } from '#modules/sessions/preparing/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';

type Event = Pick<RequestEvent, 'locals' | 'url'> & { readonly params: { readonly session: string } };

export const facilitatorHere = ({ locals }: Pick<Event, 'locals'>): Facilitator =>
  facilitatorOf(locals.viewer) ?? error(404, 'not found');

/** The session of this door with what else the page asks; a page that is not there for who does not lead it. */
export function led<More extends object>(
  event: Event,
  more: (tx: Tx, session: PreparedSession) => Promise<More>,
): Promise<{ session: PreparedSession } & More> {
  return withViewer(facilitatorHere(event), async (tx) => {
    const session = (await preparedSession(tx, event.params.session)) ?? error(404, 'not found');
    return { session, ...(await more(tx, session)) };
  });
}

type Reason<Key> = Key extends `sessions.desk.refused.${infer Name}` ? Name : never;
/** Why a deed of who leads could not be done, as the rooms say it; what is not theirs is not there. */
export type Refusal = Reason<MessageKey> | 'not_yours';
export interface RefusedDeed {
  readonly refused: MessageKey;
}

/** Says no, on the page where it was asked. */
export function refuse(reason: Refusal): ActionFailure<RefusedDeed> {
  return reason === 'not_yours'
    ? error(404, 'not found')
    : fail(409, { refused: `sessions.desk.refused.${reason}` as const });
}

/** Does what a form of who leads asks, in one transaction, and leads back to its page, or on to another. */
export async function lead(
  event: Event & Pick<RequestEvent, 'request'>,
  work: (
    tx: Tx,
    facilitator: Facilitator,
    session: string,
    form: FormData,
  ) => Promise<Result<unknown, Refusal>>,
  onTo = `${event.url.pathname}?done=saved`,
): Promise<ActionFailure<RefusedDeed>> {
  const facilitator = facilitatorHere(event);
  const form = await event.request.formData();
  const done = await withViewer(facilitator, (tx) => work(tx, facilitator, event.params.session, form));
  if (!done.ok) return refuse(done.reason);
  redirect(303, onTo);
}
