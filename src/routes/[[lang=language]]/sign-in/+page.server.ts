import { fail, redirect } from '@sveltejs/kit';
import { parseBack, parseMail } from '#modules/people/signing-in/input.ts';
import { askForWords } from '#modules/people/signing-in/commands.server.ts';
import { giveAsked } from '#platform/sign-in/cookie.ts';
import { seal } from '#platform/sign-in/seal.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.session) redirect(303, `/${locals.language}/me`);
  return { ended: url.searchParams.has('ended'), back: parseBack(url.searchParams.get('back')) };
};

export const actions = {
  default: async ({ request, locals, url, cookies }) => {
    const form = await request.formData();
    const typed = String(form.get('mail') ?? '').slice(0, 300);
    const mail = parseMail(typed);
    if (mail === null) return fail(400, { typed, problem: 'mail' as const, minutes: 0 });
    const asked = await askForWords(mail, locals.language, url.origin);
    if (!asked.ok)
      return fail(429, { typed, problem: asked.reason, minutes: Number(asked.details.minutes ?? 1) });
    giveAsked(cookies, await seal(JSON.stringify({ mail, back: parseBack(form.get('back')) })));
    redirect(303, `/${locals.language}/sign-in/code`);
  },
} satisfies Actions;
