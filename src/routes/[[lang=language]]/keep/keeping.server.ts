import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { changeEntry } from '#modules/initiatives/keeping/commands/change-entry.server.ts';
import { confirmEntry } from '#modules/initiatives/keeping/commands/confirm-entry.server.ts';
import { showPlace } from '#modules/initiatives/keeping/commands/look-at-place.server.ts';
import { takeBackProposal } from '#modules/initiatives/keeping/commands/propose-changes.server.ts';
import {
  bringBackEntry,
  withdrawEntry,
} from '#modules/initiatives/keeping/commands/withdraw-entry.server.ts';
import { parseDone, typedEarlier, typedIn } from '#modules/initiatives/keeping/input.ts';
import { entryToKeep } from '#modules/initiatives/keeping/queries.server.ts';
import { comesBack, tellSaved } from '#modules/initiatives/keeping/model.ts';
import { relationsAsked } from '#modules/initiatives/relations/saying/queries.server.ts';
import { isKey } from '#platform/ids.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Who came through a door to keep an entry, and which. */
export interface Comes {
  readonly viewer: Viewer;
  readonly id: string;
}

/** What the page about an entry needs; an entry that may not be changed is one that is not there. */
export async function keepLoad({ viewer, id }: Comes, { url, locals }: Pick<RequestEvent, 'url' | 'locals'>) {
  const [entry, asked] = await withViewer(viewer, async (tx) => [
    await entryToKeep(tx, id, locals.language),
    await relationsAsked(tx, id),
  ]);
  if (!entry) error(404, 'not found');
  const { shape: _, atFirst: __, events: ___, ...shown } = entry;
  return {
    entry: shown,
    asked,
    done: parseDone(url.searchParams),
    withdraw: url.searchParams.has('withdraw'),
  };
}

/** The deeds of both doors; `comes` says who is asking about which entry, or ends the request. */
export function keepActions<Event extends RequestEvent>(comes: (event: Event) => Promise<Comes>) {
  const deed =
    (done: string, work: (tx: Tx, id: string, form: FormData) => Promise<boolean>) =>
    async (event: Event) => {
      const form = await event.request.formData();
      const { viewer, id } = await comes(event);
      if (!(await withViewer(viewer, (tx) => work(tx, id, form)))) error(404, 'not found');
      redirect(303, `${event.url.pathname}?${done}`);
    };
  return {
    save: async (event: Event) => {
      const form = await event.request.formData();
      const { viewer, id } = await comes(event);
      const given = { ...typedIn(form), before: typedEarlier(form.get('before')) };
      const saved = await withViewer(viewer, (tx) => changeEntry(tx, id, given, event.locals.language));
      if (saved.kind === 'absent') error(404, 'not found');
      if (saved.kind === 'saved') redirect(303, `${event.url.pathname}?${tellSaved(saved)}`);
      return fail(saved.kind === 'clash' ? 409 : 400, comesBack(saved, given.before));
    },
    look: async (event: Event) => {
      const { typed } = typedIn(await event.request.formData());
      const { viewer, id } = await comes(event);
      const seen = await withViewer(viewer, (tx) => showPlace(tx, id, typed, event.locals.language));
      return seen ?? error(404, 'not found');
    },
    right: deed('right', confirmEntry),
    withdraw: deed('withdrawn', withdrawEntry),
    back: deed('back', bringBackEntry),
    takeBack: deed('taken', (tx, id, form) => {
      const proposal = String(form.get('proposal') ?? '');
      return isKey(proposal) ? takeBackProposal(tx, id, proposal) : Promise.resolve(false);
    }),
  };
}
