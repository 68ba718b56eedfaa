import { fail, redirect, type ActionFailure, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { atCircle, type AtCircle } from '#modules/learning/intervision/access.ts';
import { doInCircle } from '#modules/learning/intervision/commands.server.ts';
import { hoursOpen, type Circle } from '#modules/learning/intervision/model.ts';
import { newWord } from '#modules/learning/intervision/queries.server.ts';
import type { After } from '#modules/learning/intervision/round/model.ts';
import type { RefusedInCircle } from '#modules/learning/intervision/seeing/model.ts';
import type { Result } from '#platform/result.ts';

const cookie = 'circle';
const kept = { path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: hoursOpen * 3_600 } as const;

/** The circle this phone holds the word of, or null. */
export const phoneAt = (cookies: Cookies): AtCircle | null => atCircle(cookies.get(cookie));

/** Lets the phone keep the word of a circle, for as long as a circle can be open. Who comes in again stays who they were. */
export function giveWord(cookies: Cookies, word: string): AtCircle {
  const had = phoneAt(cookies);
  const at = had?.word === word ? had : { word, own: newWord() };
  cookies.set(cookie, `${at.word}.${at.own}`, kept);
  return at;
}

export const takeWord = (cookies: Cookies): void => cookies.delete(cookie, kept);

type Event = Pick<RequestEvent, 'cookies' | 'locals' | 'request' | 'url'>;

/** Says no, and keeps what was typed. */
export function refuseHere(
  event: Pick<Event, 'url'>,
  form: FormData,
  { reason, details }: { reason: string; details: RefusedInCircle['details'] },
): ActionFailure<RefusedInCircle> {
  return fail(409, {
    refused: `circle.refused.${reason}` as RefusedInCircle['refused'],
    deed: [...event.url.searchParams.keys()][0]?.slice(1) ?? '',
    details,
    typed: Object.fromEntries(
      [...form].filter((each): each is [string, string] => typeof each[1] === 'string'),
    ),
  });
}

/** Does what a form of the circle asks, and leads back to it; the word is never written down, logged or told. */
export async function inCircle(
  event: Event,
  work: ((form: FormData, circle: Circle, seat: string, now: Date) => After) | null,
  whole?: (form: FormData, at: AtCircle) => Promise<Result<Circle>>,
): Promise<ActionFailure<RefusedInCircle>> {
  const at = phoneAt(event.cookies);
  const form = await event.request.formData();
  if (at) {
    const done = await (work ? doInCircle(at, (...circle) => work(form, ...circle)) : whole?.(form, at));
    if (done && !done.ok && done.reason !== 'gone') return refuseHere(event, form, done);
  }
  redirect(303, `/${event.locals.language}/circle`);
}

/** As `inCircle`, for a deed that asks nothing of the form. */
export const plainly = (work: (circle: Circle, seat: string, now: Date) => After) => (event: Event) =>
  inCircle(event, (_form, ...circle) => work(...circle));
