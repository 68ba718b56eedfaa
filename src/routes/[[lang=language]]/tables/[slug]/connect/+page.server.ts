import { error, fail, redirect } from '@sveltejs/kit';
import { speakerOf } from '#modules/tables/connecting/access.ts';
import { askTable, eraseAsk, sayConnected, withdrawAsk } from '#modules/tables/connecting/commands.server.ts';
import { parseAsk, typedIn } from '#modules/tables/connecting/input.ts';
import { ownAsks, ownInitiatives, tableToAsk } from '#modules/tables/connecting/queries.server.ts';
import { keyIn } from '#modules/tables/input.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const comesHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  speakerOf(locals.viewer) ?? error(404, 'not found');
const tableHere = async (tx: Tx, { slug }: { readonly slug: string }) =>
  (await tableToAsk(tx, slug)) ?? error(404, 'not found');

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(comesHere({ locals }), async (tx) => {
    const table = await tableHere(tx, params);
    const keys = locals.viewer.entrusted.flatMap(({ role, scopeId }) => (role === 'member' ? [scopeId] : []));
    return {
      table,
      own: await ownInitiatives(tx, keys),
      asks: await ownAsks(tx, table.id),
      done: url.searchParams.has('done'),
    };
  });

const about =
  (work: (tx: Tx, who: ReturnType<typeof comesHere>, ask: string) => Promise<Result<unknown>>) =>
  async (event: RequestEvent) => {
    const who = comesHere(event);
    const ask = keyIn(await event.request.formData(), 'ask') ?? error(404, 'not found');
    const answer = await withViewer(who, (tx) => work(tx, who, ask));
    if (answer.ok) redirect(303, event.url.pathname);
    return fail(409, { refused: `chairs.refused.${answer.reason}` as MessageKey });
  };

export const actions = {
  ask: async (event) => {
    const who = comesHere(event);
    const form = await event.request.formData();
    const said = parseAsk(form);
    if (!said.ok) return fail(422, { typed: typedIn(form), problems: said.problems ?? [] });
    const asked = await withViewer(who, async (tx) =>
      askTable(tx, who, (await tableHere(tx, event.params)).id, said.value, event.locals.language),
    );
    if (asked.ok) redirect(303, `${event.url.pathname}?done`);
    if (asked.reason === 'not_there') error(404, 'not found');
    return fail(409, { typed: typedIn(form), refused: 'chairs.refused.asked_already' as const });
  },
  connected: about(sayConnected),
  withdraw: about(withdrawAsk),
  erase: about(eraseAsk),
} satisfies Actions;
