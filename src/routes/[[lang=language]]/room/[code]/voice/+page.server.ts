import { fail, redirect } from '@sveltejs/kit';
import { onceFor } from '#modules/sessions/joining/commands.server.ts';
import { parseDeed, typedIn } from '#modules/sessions/joining/input.ts';
import { roomSeen } from '#modules/sessions/room/queries.server.ts';
import { speak } from '#modules/sessions/saying/commands.server.ts';
import { parseSpeaking } from '#modules/sessions/saying/input.ts';
import { mayBeSaid } from '#modules/sessions/saying/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { permissionsPolicy } from '#platform/http/headers.ts';
import { backTo, phoneHere } from '../here.server.ts';
import { told } from '../saying.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const here = await phoneHere(event);
  const asked = event.url.searchParams;
  const room = await withViewer(here.phone, (tx) =>
    roomSeen(tx, here.phone, { ...here, language: event.locals.language, who: asked.get('who') }),
  );
  const { who } = room ?? {};
  if (!room || !who) redirect(303, backTo(event, null, null));
  const step = room.steps.find(({ position }) => position === Number(asked.get('step'))) ?? room.step;
  const takes = step !== null && mayBeSaid(room.state, step).ok;
  // Here someone may record their voice; on every other page of the room the microphone stays shut.
  event.setHeaders({ 'permissions-policy': permissionsPolicy(['microphone']) });
  return {
    back: backTo(event, who.id, null),
    who: who.id,
    step: takes ? step.position : null,
    reads: room.reads,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { phone, session } = await phoneHere(event);
    const form = await event.request.formData();
    const { who, deed } = parseDeed(form);
    const spoken = parseSpeaking(form);
    const answer = spoken.ok
      ? await speak(phone, session, spoken.value, (tx, work) => onceFor(tx, phone, deed, work))
      : spoken;
    const said = told(answer, (standing) => `said.done.say-${standing}`);
    if (!said.ok) return fail(409, { refused: said.reason, typed: typedIn(form) });
    redirect(303, backTo(event, who, said.value));
  },
};
