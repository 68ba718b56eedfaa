import { error, fail, redirect } from '@sveltejs/kit';
import { tableGoerOf, type TableGoer } from '#modules/tables/access.ts';
import { typedByForm } from '#modules/tables/input.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import type { Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** Someone who comes to the page of a table, or to one beneath it. */
export interface Come {
  readonly locals: App.Locals;
  readonly params: { readonly table: string };
}

/** Who comes, and to which table. */
export const comesHere = ({ locals, params }: Come) => ({
  goer: tableGoerOf(locals.viewer) ?? error(404, 'not found'),
  table: isKey(params.table) ? params.table : error(404, 'not found'),
});

type Work = (tx: Tx, goer: TableGoer, form: FormData, table: string) => Promise<Result<unknown, MessageKey>>;

/** Does what a form asks and leads back to the page; what was typed is kept when it cannot be done. */
export async function done(event: RequestEvent, work: Work) {
  const { goer, table } = comesHere(event);
  const form = await event.request.formData();
  const answer = await withViewer(goer, (tx) => work(tx, goer, form, table));
  if (!answer.ok) return fail(409, { refused: answer.reason, typed: typedByForm(form) });
  redirect(303, `${event.url.pathname}?done`);
}

/** Reads a form and does what it says, or tells the first thing that is wrong with it. */
export const said = <Wish>(
  event: RequestEvent,
  parse: (form: FormData) => Result<Wish, MessageKey>,
  work: (tx: Tx, goer: TableGoer, wish: Wish, table: string) => Promise<Result<unknown, MessageKey>>,
) =>
  done(event, async (tx, goer, form, table) => {
    const wish = parse(form);
    return wish.ok ? work(tx, goer, wish.value, table) : wish;
  });
