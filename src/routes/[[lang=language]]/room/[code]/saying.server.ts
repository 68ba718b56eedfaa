import { formIn } from '#modules/sessions/model.ts';
import type { RoomSeen } from '#modules/sessions/room/model.ts';
import { render, say, withdraw, writeDown } from '#modules/sessions/saying/commands.server.ts';
import {
  parseRendering,
  parseSaying,
  parseStatement,
  parseWrittenDown,
} from '#modules/sessions/saying/input.ts';
import type { SayingReason, SayingSeen } from '#modules/sessions/saying/model.ts';
import { mineIn, saidIn } from '#modules/sessions/saying/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';
import { inRoom, type Here } from './here.server.ts';

/** What the open step shows of what was said, in the transaction of the phone; null where nothing is said. */
export async function sayingSeen(tx: Tx, here: Here, room: RoomSeen): Promise<SayingSeen | null> {
  const { step, state, who } = room;
  if (!who) return null;
  // After the close there is nothing more to say; what became of one's own stays in sight.
  if (state === 'closed' || state === 'shared')
    return { said: [], mine: await mineIn(tx, here.session, who.id) };
  const form = step && formIn[step.kind];
  if (!step || !form) return null;
  // Everything that was stated is voted on, in whichever step it was said.
  const said = await saidIn(
    tx,
    here.session,
    step.kind === 'vote' ? { forms: [form] } : { step: step.position },
  );
  return { said, mine: await mineIn(tx, here.session, who.id) };
}

/** The answer of a deed in the keys of its texts. */
export function told<Value>(
  answer: Result<Value, SayingReason>,
  done: (value: Value) => MessageKey,
): Result<MessageKey, MessageKey> {
  return answer.ok ? ok(done(answer.value)) : refused(`said.refused.${answer.reason}`);
}

export const sayingActions = {
  say: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const saying = parseSaying(form);
      const answer = saying.ok ? await say(tx, phone, session, saying.value) : saying;
      return told(answer, (standing) => `said.done.say-${standing}`);
    }),
  writeDown: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const written = parseWrittenDown(form);
      const answer = written.ok ? await writeDown(tx, phone, session, written.value) : written;
      return told(answer, () => 'said.done.written');
    }),
  render: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const rendering = parseRendering(form);
      const answer = rendering.ok ? await render(tx, phone, session, rendering.value) : rendering;
      return told(answer, () => 'said.done.rendered');
    }),
  withdraw: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const statement = parseStatement(form);
      const answer = statement
        ? await withdraw(tx, phone, session, statement)
        : refused<SayingReason>('not_here');
      return told(answer, () => 'said.done.withdrawn');
    }),
};
