import { error, fail, redirect } from '@sveltejs/kit';
import { speakerOf } from '#modules/tables/connecting/access.ts';
import { askTable, eraseAsk, sayConnected, withdrawAsk } from '#modules/tables/connecting/commands.server.ts';
import { parseAsk } from '#modules/tables/connecting/input.ts';
import { ownAsks, ownInitiatives, tableToAsk } from '#modules/tables/connecting/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { keyIn, typedIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Result } from '#platform/result.ts';
import type { Viewer } from '#platform/viewer.ts';

interface Come {
  readonly locals: { readonly language: Language };
  readonly params: { readonly slug?: string | undefined };
  readonly url: URL;
  readonly request: Request;
}

/** Who asks, and the keys of the initiatives for which they may. */
export interface Comes {
  readonly viewer: Viewer;
  readonly keys: readonly string[];
}

const speaks = ({ viewer }: Comes) => speakerOf(viewer) ?? error(404, 'not found');
const tableHere = async (tx: Tx, { slug = '' }: Come['params']) =>
  (await tableToAsk(tx, slug)) ?? error(404, 'not found');

/** The table with this name in the address, and what who comes asked it; one they may not know of is not there. */
export function connectLoad(comes: Comes, { params, url }: Pick<Come, 'params' | 'url'>) {
  return withViewer(speaks(comes), async (tx) => {
    const table = await tableHere(tx, params);
    const [own, asks] = [await ownInitiatives(tx, comes.keys), await ownAsks(tx, table.id)];
    return { table, own, asks, done: url.searchParams.has('done') };
  });
}

/** The deeds of both doors; `comes` says who asks, or ends the request. */
export function connectActions<Event extends Come>(comes: (event: Event) => Promise<Comes> | Comes) {
  const about =
    (work: (tx: Tx, who: ReturnType<typeof speaks>, ask: string) => Promise<Result<unknown>>) =>
    async (event: Event) => {
      const who = speaks(await comes(event));
      const ask = keyIn(await event.request.formData(), 'ask') ?? error(404, 'not found');
      const answer = await withViewer(who, (tx) => work(tx, who, ask));
      if (answer.ok) redirect(303, event.url.pathname);
      return fail(409, { refused: `chairs.refused.${answer.reason}` as MessageKey });
    };
  return {
    ask: async (event: Event) => {
      const who = speaks(await comes(event));
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
  };
}
