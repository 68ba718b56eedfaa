import { error, fail, redirect } from '@sveltejs/kit';
import type { giveReading } from '#modules/agendas/keeping/commands.server.ts';
import { parseLanguage } from '#modules/sessions/joining/input.ts';
import { facilitatorOf, type Facilitator } from '#modules/sessions/access.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import type { Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** Who leads, and which agenda this door is about. */
export const leadsHere = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) => {
  const { agenda } = params;
  return {
    leads: facilitatorOf(locals.viewer) ?? error(404, 'not found'),
    agenda: isKey(agenda) ? agenda : error(404, 'not found'),
  };
};

type Work = (
  tx: Tx,
  leads: Facilitator,
  form: FormData,
  agenda: string,
) => Promise<Result<unknown, MessageKey | 'not_now' | 'not_there' | 'why' | 'by_day'>>;

/** Does what a form asks as who leads, and leads back to the page. */
export async function done(event: RequestEvent, work: Work) {
  const { leads, agenda } = leadsHere(event);
  const form = await event.request.formData();
  const answer = await withViewer(leads, (tx) => work(tx, leads, form, agenda));
  if (!answer.ok) {
    const reason = answer.reason === 'by_day' ? 'by-day' : answer.reason;
    return fail(409, {
      refused: (reason.includes('.') ? reason : `agendas.refused.${reason}`) as MessageKey,
    });
  }
  redirect(303, `${event.url.pathname}?done`);
}

/** A word can be seen once: it is answered, not led on to another page. */
export async function given(
  event: RequestEvent,
  path: string,
  work: (tx: Tx, leads: Facilitator, form: FormData, agenda: string) => ReturnType<typeof giveReading>,
) {
  const { leads, agenda } = leadsHere(event);
  const form = await event.request.formData();
  const made = await withViewer(leads, (tx) => work(tx, leads, form, agenda));
  if (!made.ok) return fail(409, { refused: 'agendas.refused.not_there' as MessageKey });
  const language = parseLanguage(form, 'language') ?? event.locals.language;
  return {
    given: {
      language,
      until: made.value.until,
      url: `${event.url.origin}/${language}/${path}/${made.value.word}`,
      card: path === 'promise',
    },
  };
}
