import { error, fail, redirect } from '@sveltejs/kit';
import { poolKeeperOf, type PoolKeeper } from '#modules/pools/access.ts';
import { partyOf, type Party } from '#modules/pools/consulting/access.ts';
import { typedIn } from '#modules/pools/consulting/input.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import type { Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** Who is a side of a consultation, and which. */
export const partyHere = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) => ({
  party: partyOf(locals.viewer) ?? error(404, 'not found'),
  consultation: isKey(params.consultation) ? params.consultation : error(404, 'not found'),
});

type Work<Who> = (
  tx: Tx,
  who: Who,
  form: FormData,
  here: { readonly consultation: string; readonly language: string },
) => Promise<Result<unknown, MessageKey>>;

/** Does what a form asks, and leads back to the page; what was typed stays when it could not be done. */
export async function done(event: RequestEvent, work: Work<Party>) {
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

/** The same, for what only who keeps pools may ask. */
export function doneByKeeper(event: RequestEvent, work: Work<PoolKeeper>) {
  const keeper = poolKeeperOf(event.locals.viewer) ?? error(404, 'not found');
  return done(event, (tx, _party, form, here) => work(tx, keeper, form, here));
}
