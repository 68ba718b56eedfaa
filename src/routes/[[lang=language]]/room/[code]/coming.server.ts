import { redirect } from '@sveltejs/kit';
import {
  beCalled,
  comeBack,
  leaveRoom,
  readIn,
  sitTogether,
} from '#modules/sessions/joining/commands.server.ts';
import { parseComing, parseLanguage } from '#modules/sessions/joining/input.ts';
import { limits } from '#modules/sessions/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';
import { inRoom, phoneHere } from './here.server.ts';

type Reason = 'over' | 'not_here' | 'full';
type Done = 'back' | 'out' | 'together' | 'called';

const told = (answer: Result<null, Reason>, done: Done) =>
  answer.ok
    ? ok(`room.done.${done}` as const)
    : refused(`room.refused.${answer.reason}` as const, { most: limits.participantsOnPhone });

export const comingActions = {
  come: (event: RequestEvent) =>
    inRoom(event, async (tx, deed) => told(await comeBack(tx, deed.phone, deed), 'back')),
  leave: (event: RequestEvent) =>
    inRoom(event, async (tx, deed) => told(await leaveRoom(tx, deed.phone, deed), 'out')),
  addPerson: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) =>
      told(await sitTogether(tx, phone, session, parseComing(form)), 'together'),
    ),
  call: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, who, form }) =>
      told(await beCalled(tx, phone, { session, who, ...parseComing(form) }), 'called'),
    ),
  // Not a deed that is done once: it says how this phone reads from now on, and leads to the room in that language.
  speak: async (event: RequestEvent) => {
    const { phone, code } = await phoneHere(event);
    const form = await event.request.formData();
    const wished = parseLanguage(form, 'language') ?? '';
    const language = isLanguage(wished) ? wished : event.locals.language;
    await withViewer(phone, (tx) => readIn(tx, phone, language, parseLanguage(form, 'beside')));
    redirect(303, `/${language}/room/${code}?done=room.done.reads`);
  },
};
