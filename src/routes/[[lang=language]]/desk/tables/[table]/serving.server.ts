import { error, fail, redirect } from '@sveltejs/kit';
import type { TableGoer } from '#modules/tables/access.ts';
import { tableToServe } from '#modules/tables/connecting/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { typedIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';
import { comesHere, type Come } from './here.server.ts';

type Event = Come & { readonly request: Request; readonly url: URL };

type Served = NonNullable<Awaited<ReturnType<typeof tableToServe>>>;

/** What a page of this table shows, with the table itself; whoever neither keeps it nor sits at it finds nothing there. */
export function serve<Shown extends object>(
  event: Come,
  show: (tx: Tx, table: Served, goer: TableGoer) => Promise<Shown>,
) {
  const { goer, table } = comesHere(event);
  return withViewer(goer, async (tx) => {
    const served = await tableToServe(tx, table);
    if (!served) error(404, 'not found');
    return { table: served, ...(await show(tx, served, goer)) };
  });
}

/** A deed at this table; a short reason is one of `chairs.desk.refused`. What was typed comes back with a refusal. */
export const deed =
  (
    work: (
      tx: Tx,
      goer: TableGoer,
      form: FormData,
      here: { readonly table: string; readonly served: Served; readonly event: Event },
    ) => Promise<Result<unknown>>,
  ) =>
  async (event: Event) => {
    const { goer, table } = comesHere(event);
    const form = await event.request.formData();
    const answer = await withViewer(goer, async (tx) => {
      const served = (await tableToServe(tx, table)) ?? error(404, 'not found');
      return work(tx, goer, form, { table, served, event });
    });
    if (answer.ok) redirect(303, `${event.url.pathname}?done`);
    const reason = answer.reason.includes('.') ? answer.reason : `chairs.desk.refused.${answer.reason}`;
    return fail(409, { refused: reason as MessageKey, typed: typedIn(form) });
  };
