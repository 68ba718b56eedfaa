import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { randomBytes } from 'node:crypto';
import { comeIn } from '#modules/sessions/joining/commands.server.ts';
import { parseComing } from '#modules/sessions/joining/input.ts';
import { codeAsTyped, daysWordIsKept, roomCookie } from '#modules/sessions/joining/model.ts';
import { doorOf, isInside, phoneIn } from '#modules/sessions/joining/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

const kept = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  maxAge: daysWordIsKept * 86_400,
} as const;

/** Given when the door is read, so that whoever taps twice is one person, and a browser that keeps nothing is told so. */
function wordOf(cookies: Cookies): void {
  cookies.set(roomCookie, cookies.get(roomCookie) ?? randomBytes(32).toString('base64url'), kept);
}

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
  const code = codeAsTyped(params.code);
  const word = cookies.get(roomCookie);
  const here = code && word !== undefined ? await phoneIn(code, word) : null;
  if (here && (await isInside(here.phone))) redirect(303, `/${locals.language}/room/${code}`);
  const door = code && (await doorOf(code));
  if (!door)
    redirect(303, `/${locals.language}/join?unknown=${encodeURIComponent(params.code.slice(0, 20))}`);
  wordOf(cookies);
  return { door, code };
};

export const actions = {
  default: async ({ params, locals, cookies, request }) => {
    const word = cookies.get(roomCookie);
    const coming = parseComing(await request.formData());
    if (!word || !/^[\w-]{43}$/.test(word))
      return fail(400, { problem: 'room.join.no-cookie' as const, coming });
    const came = await comeIn(codeAsTyped(params.code) ?? '', word, locals.language, coming);
    if (!came.ok) return fail(404, { problem: 'room.join.unknown' as const, coming });
    redirect(303, `/${locals.language}/room/${codeAsTyped(params.code)}`);
  },
} satisfies Actions;
