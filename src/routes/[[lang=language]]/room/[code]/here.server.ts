import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { RoomPhone } from '#modules/sessions/access.ts';
import { onceFor } from '#modules/sessions/joining/commands.server.ts';
import { parseDeed, typedIn } from '#modules/sessions/joining/input.ts';
import { roomCookie } from '#modules/sessions/joining/model.ts';
import { phoneIn } from '#modules/sessions/joining/queries.server.ts';
import type { RefusedInRoom } from '#modules/sessions/room/model.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';

type Event = Pick<RequestEvent, 'cookies' | 'locals' | 'request' | 'url'> & {
  readonly params: { readonly code: string };
};

/** The phone that stands in or before the room of this door. The word is never written down, logged or told. */
export interface Here {
  readonly phone: RoomPhone;
  readonly session: string;
  readonly code: string;
  readonly word: string;
}

export interface Deed {
  readonly session: string;
  readonly phone: RoomPhone;
  /** Who on this phone does it; the walls look whether they are on it. */
  readonly who: string;
  readonly form: FormData;
  readonly language: App.Locals['language'];
}

/** The phone of this door, or the way to where one comes in. */
export async function phoneHere({ cookies, locals, params }: Event): Promise<Here> {
  const word = cookies.get(roomCookie);
  const code = params.code.toUpperCase();
  const found = word === undefined ? null : await phoneIn(code, word);
  if (word === undefined || !found) redirect(303, `/${locals.language}/join/${encodeURIComponent(code)}`);
  return { ...found, code, word };
}

/** The way back to the room, told what was done: the key of a text such as `said.done.say`. */
export const backTo = (event: Event, who: string | null, done: MessageKey | null): string => {
  const asked = new URLSearchParams({ ...(who ? { who } : {}), ...(done ? { done } : {}) }).toString();
  return `/${event.locals.language}/room/${event.params.code.toUpperCase()}${asked && `?${asked}`}`;
};

/** Says no, and keeps what was typed. */
export const refuseHere = (
  event: Event,
  form: FormData,
  reason: MessageKey,
  details: RefusedInRoom['details'] = {},
): ActionFailure<RefusedInRoom> => {
  return fail(409, {
    refused: reason,
    deed: [...event.url.searchParams.keys()][0]?.slice(1) ?? '',
    typed: typedIn(form),
    details,
  });
};

/**
 * Does what a form of the room asks, in one transaction of its phone, and once however often it is sent; leads back to the room.
 * The deed answers the key of what was done or of why not, such as `said.done.say` or `said.refused.too-long`.
 */
export async function inRoom(
  event: Event,
  work: (tx: Tx, deed: Deed) => Promise<Result<MessageKey | null, MessageKey>>,
): Promise<ActionFailure<RefusedInRoom>> {
  const { phone, session } = await phoneHere(event);
  const form = await event.request.formData();
  const { who, deed } = parseDeed(form);
  const { language } = event.locals;
  const answer = await withViewer(phone, (tx) =>
    onceFor(tx, phone, deed, () => work(tx, { session, phone, who, form, language })),
  );
  if (!answer.ok) return refuseHere(event, form, answer.reason, answer.details);
  redirect(303, backTo(event, who, answer.value));
}
