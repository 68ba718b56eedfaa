import { fail, redirect } from '@sveltejs/kit';
import { speakPromise } from '#modules/agendas/making/commands.server.ts';
import { parsePromise } from '#modules/agendas/making/input.ts';
import { promisedSeen } from '#modules/agendas/making/queries.server.ts';
import { onceFor } from '#modules/sessions/joining/commands.server.ts';
import { parseDeed, typedIn } from '#modules/sessions/joining/input.ts';
import { roomSeen } from '#modules/sessions/room/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { permissionsPolicy } from '#platform/http/headers.ts';
import { backTo, phoneHere } from '../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const here = await phoneHere(event);
  const asked = { ...here, language: event.locals.language, who: event.url.searchParams.get('who') };
  const seen = await withViewer(here.phone, async (tx) => ({
    room: await roomSeen(tx, here.phone, asked),
    promised: await promisedSeen(tx, here.session, today()),
  }));
  const { room, promised } = seen;
  if (!room?.who) redirect(303, backTo(event, null, null));
  // Here someone may record their voice; on every other page of the room the microphone stays shut.
  event.setHeaders({ 'permissions-policy': permissionsPolicy(['microphone']) });
  const takes = room.step?.kind === 'promises';
  return { back: backTo(event, room.who.id, null), who: room.who, reads: room.reads, promised, takes };
};

export const actions: Actions = {
  default: async (event) => {
    const { phone, session } = await phoneHere(event);
    const form = await event.request.formData();
    const { who, deed } = parseDeed(form);
    const file = form.get('file');
    const said = parsePromise(form, today(), true);
    if (!said.ok) return fail(409, { refused: said.reason, typed: typedIn(form) });
    if (!(file instanceof File))
      return fail(409, { refused: 'agendas.refused.voice' as const, typed: typedIn(form) });
    const here = { session, who, language: event.locals.language, on: today() };
    const spoken = { said: said.value, file };
    const made = await speakPromise(phone, here, spoken, (tx, work) => onceFor(tx, phone, deed, work));
    if (!made.ok)
      return fail(409, { refused: `agendas.refused.${made.reason}` as const, typed: typedIn(form) });
    redirect(303, backTo(event, who, 'agendas.done.promise'));
  },
};
