import { error, fail, redirect } from '@sveltejs/kit';
import { carried, carrierWith } from '#modules/agendas/carrying/queries.server.ts';
import type { Carrier } from '#modules/agendas/access.ts';
import { today } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';
import { house } from '#platform/viewer.ts';

export interface Event {
  readonly params: { readonly word: string };
  readonly request: Request;
  readonly url: URL;
  readonly locals: App.Locals;
}

/** Does something as whoever has the word; a word that opens nothing is no page. */
export const asCarrier = <Value>(word: string, deed: (tx: Tx, carrier: Carrier) => Promise<Value>) =>
  withViewer(house, async (tx) => {
    const carrier = await carrierWith(tx, word, today());
    return carrier ? deed(tx, carrier) : error(404, 'not found');
  });

/** What whoever has the word carries, and what the others of the agenda promised. */
export async function carriedLoad({ params, url }: Pick<Event, 'params' | 'url'>) {
  const seen = await asCarrier(params.word, carried);
  return { carried: seen ?? error(404, 'not found'), done: url.searchParams.get('done'), today: today() };
}

type Reason = 'not_now' | 'not_there' | 'too_many' | 'why' | 'by_day' | 'what';
const keys: Readonly<Record<Reason, MessageKey>> = {
  not_now: 'agendas.refused.not_now',
  not_there: 'agendas.refused.not_there',
  too_many: 'agendas.refused.too_many',
  why: 'agendas.refused.why',
  by_day: 'agendas.refused.by-day',
  what: 'agendas.refused.what-unwritten',
};

/** Does what a form asks as whoever has the word, and leads back to their page; what could not be taken is kept. */
export async function done(
  { params, request, url }: Event,
  deed: (
    tx: Tx,
    carrier: Carrier,
    form: FormData,
  ) => Promise<Result<unknown, Reason> | Result<never, MessageKey>>,
  told: string,
) {
  const form = await request.formData();
  const answer = await asCarrier(params.word, (tx, carrier) => deed(tx, carrier, form));
  if (answer.ok) redirect(303, `${url.pathname}?done=${told}`);
  const typed = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
  const key = Object.hasOwn(keys, answer.reason) ? keys[answer.reason as Reason] : answer.reason;
  return fail(409, { refused: key as MessageKey, typed: typed as Record<string, string> });
}
