import { askOneMore, makePromise, takeBack } from '#modules/agendas/making/commands.server.ts';
import { parseCarrier, parsePromise } from '#modules/agendas/making/input.ts';
import type { PromisedSeen } from '#modules/agendas/making/model.ts';
import { promisedSeen } from '#modules/agendas/making/queries.server.ts';
import { parseWhich } from '#modules/agendas/carrying/input.ts';
import type { RoomSeen } from '#modules/sessions/room/model.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';
import { inRoom, type Here } from './here.server.ts';

/** What was promised in the room, and what a promise can come from, in the step of promises and after the close; else null. */
export async function promisingSeen(tx: Tx, here: Here, room: RoomSeen): Promise<PromisedSeen | null> {
  const isOver = room.state === 'closed' || room.state === 'shared';
  if (!isOver && room.step?.kind !== 'promises') return null;
  return promisedSeen(tx, here.session, today());
}

/** The answer of a deed in the keys of its texts. */
const told = (
  answer: Result<unknown, 'not_now' | 'too_many' | 'not_there'>,
  done: MessageKey,
): Result<MessageKey, MessageKey> => (answer.ok ? ok(done) : refused(`agendas.refused.${answer.reason}`));

export const promisingActions = {
  promise: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, who, form, language }) => {
      const promise = parsePromise(form, today());
      if (!promise.ok) return promise;
      const made = await makePromise(tx, phone, { session, who, language, on: today() }, promise.value);
      return told(made, 'agendas.done.promise');
    }),
  carry: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form, language }) => {
      const carrier = parseCarrier(form);
      if (!carrier.ok) return carrier;
      const which = { session, promise: parseWhich(form), language };
      return told(await askOneMore(tx, phone, which, carrier.value), 'agendas.done.carry');
    }),
  unpromise: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) =>
      told(await takeBack(tx, phone, { session, promise: parseWhich(form) }), 'agendas.done.unpromise'),
    ),
};
