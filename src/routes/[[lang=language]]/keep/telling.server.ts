import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { takeBackTurn, tellTurn } from '#modules/initiatives/turns/commands.server.ts';
import { parseTurn, turnKindIn, typedIn } from '#modules/initiatives/turns/input.ts';
import type { TurnBack } from '#modules/initiatives/turns/page/model.ts';
import { tellingPage, turnPage } from '#modules/initiatives/turns/page/queries.server.ts';
import { isKey } from '#platform/ids.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Comes } from './keeping.server.ts';

const dones = ['laid', 'waits', 'taken-back'] as const;
type Asking = Pick<RequestEvent, 'url' | 'locals'>;

/** What can be told of an entry; one that is not theirs to tell of is one that is not there. */
export async function tellLoad({ viewer, id }: Comes, { url, locals }: Asking) {
  const page = await withViewer(viewer, (tx) => tellingPage(tx, id, locals.language));
  if (!page) error(404, 'not found');
  const what = dones.find((done) => url.searchParams.has(done));
  const done = what ? { what, kind: turnKindIn(url.searchParams.get(what) ?? '') } : null;
  return { page, done, path: url.pathname };
}

/** Which turn an address is about, and of which fact. */
function askedOf(deed: string, { searchParams }: URL) {
  const kind = turnKindIn(deed);
  const key = (name: string) => {
    const given = searchParams.get(name);
    return given !== null && isKey(given) ? given : null;
  };
  if (!kind) error(404, 'not found');
  return { kind, fact: key('fact'), insteadOf: key('instead') };
}

/** The form of one turn. */
export async function turnLoad({ viewer, id }: Comes, deed: string, { url, locals }: Asking) {
  const { kind, ...about } = askedOf(deed, url);
  const page = await withViewer(viewer, (tx) => turnPage(tx, id, kind, about, locals.language));
  if (!page) error(404, 'not found');
  return { page, list: url.pathname.replace(/\/[^/]*$/, '') };
}

/** The deeds of both doors; `comes` says who is asking about which entry, or ends the request. */
export function turnActions<Event extends RequestEvent<{ deed: string }>>(
  comes: (event: Event) => Promise<Comes>,
) {
  const list = ({ url }: Event) => url.pathname.replace(/\/[^/]*$/, '');
  return {
    tell: async (event: Event) => {
      const { kind, fact, insteadOf } = askedOf(event.params.deed, event.url);
      const typed = typedIn(await event.request.formData());
      const { viewer, id } = await comes(event);
      const back = (more: Partial<TurnBack>) =>
        fail(400, { typed, problems: [], choices: [], outside: [], places: [], ...more } satisfies TurnBack);
      const { asked, problems } = parseTurn(kind, typed, fact !== null);
      if (!asked) return back({ problems });
      const { language } = event.locals;
      const way = { language, home: event.url.origin, fact, insteadOf };
      const told = await withViewer(viewer, (tx) => tellTurn(tx, id, asked, way));
      if (!told.ok) error(404, 'not found');
      if (told.value.came === 'back') return back(told.value);
      redirect(303, `${list(event)}?${told.value.came}=${kind}`);
    },
    takeBack: async (event: Event) => {
      const { fact } = askedOf(event.params.deed, event.url);
      const { viewer, id } = await comes(event);
      if (fact === null) error(404, 'not found');
      const told = await withViewer(viewer, (tx) => takeBackTurn(tx, id, fact));
      if (!told.ok) error(404, 'not found');
      const typed = {};
      if (told.value.came === 'back') return fail(400, { ...told.value, typed } satisfies TurnBack);
      redirect(303, `${list(event)}?${told.value.came === 'laid' ? 'taken-back' : 'waits'}`);
    },
  };
}
