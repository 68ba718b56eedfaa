import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { idleMinutes } from '#modules/people/signing-in/model.ts';
import { parseBack, parseCode, parseMail } from '#modules/people/signing-in/input.ts';
import { signIn } from '#modules/people/signing-in/commands.server.ts';
import { askedCookie, giveSession, takeCookie } from '#platform/sign-in/cookie.ts';
import { unseal } from '#platform/sign-in/seal.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** For which address a code was asked in this browser, and where to go after it; nulls when it no longer knows. */
async function askedFor(cookies: Cookies): Promise<{ mail: string | null; back: string | null }> {
  const kept = await unseal(cookies.get(askedCookie) ?? '');
  const { mail, back } = kept === null ? {} : (JSON.parse(kept) as Record<string, unknown>);
  return { mail: parseMail(mail), back: parseBack(back) };
}

export const load: PageServerLoad = async ({ locals, cookies }) => {
  if (locals.session) redirect(303, `/${locals.language}/me`);
  return { mail: (await askedFor(cookies)).mail };
};

export const actions = {
  default: async ({ request, locals, cookies }) => {
    const form = await request.formData();
    const typed = {
      mail: String(form.get('mail') ?? '').slice(0, 300),
      code: String(form.get('code') ?? '').slice(0, 60),
    };
    const asked = await askedFor(cookies);
    const mail = asked.mail ?? parseMail(typed.mail);
    if (mail === null) return fail(400, { typed, problem: 'mail' as const, minutes: 0 });
    const code = parseCode(typed.code);
    if (code === null) return fail(400, { typed, problem: 'digits' as const, minutes: 0 });
    const opened = await signIn({ mail, code }, locals.language);
    if (!opened.ok)
      return fail(opened.reason === 'wait' ? 429 : 400, {
        typed,
        problem: opened.reason,
        minutes: Number(opened.details.minutes ?? 1),
      });
    takeCookie(cookies, askedCookie);
    giveSession(cookies, opened.value.cookie, idleMinutes.others);
    const back = asked.back ?? `/${locals.language}/me`;
    const factor = `/${locals.language}/me/second-factor?back=${encodeURIComponent(back)}`;
    redirect(303, opened.value.needsSecondFactor ? factor : back);
  },
} satisfies Actions;
