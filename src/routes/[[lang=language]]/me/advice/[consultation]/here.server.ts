import { error, fail, redirect } from '@sveltejs/kit';
import { partyOf, type Party } from '#modules/pools/consulting/access.ts';
import { typedIn } from '#platform/form.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import type { Result } from '#platform/result.ts';

/** Someone who comes to the page of a consultation: of who takes part, or of the desk. */
interface Come {
  readonly locals: App.Locals;
  readonly params: { readonly consultation: string };
}
export type Event = Come & { readonly request: Request; readonly url: URL };

/** Who is a side of a consultation, and which. */
export const partyHere = ({ locals, params }: Come) => ({
  party: partyOf(locals.viewer) ?? error(404, 'not found'),
  consultation: isKey(params.consultation) ? params.consultation : error(404, 'not found'),
});

/** What someone does with a consultation. */
export type Work<Who> = (
  tx: Tx,
  who: Who,
  form: FormData,
  here: { readonly consultation: string; readonly language: string },
) => Promise<Result<unknown, MessageKey>>;

/** Does what a form asks, and leads back to the page; what was typed stays when it could not be done. */
export async function done(event: Event, work: Work<Party>) {
  const { party, consultation } = partyHere(event);
  const form = await event.request.formData();
  const here = { consultation, language: event.locals.language };
  const answer = await withViewer(party, (tx) => work(tx, party, form, here));
  if (!answer.ok) {
    const { reason, details } = answer;
    return fail(reason === 'consulting.refused.not-now' ? 409 : 422, {
      refused: { reason, details },
      typed: { ...typedIn(form), form: event.url.search.replace('?/', '') },
    });
  }
  redirect(303, `${event.url.pathname}?done`);
}
