import { error, fail, redirect } from '@sveltejs/kit';
import { addEntry } from '#modules/initiatives/keeping/commands/add-entry.server.ts';
import { dropDraft } from '#modules/initiatives/keeping/drafts/commands.server.ts';
import { holderOf } from '#modules/initiatives/keeping/drafts/access.ts';
import { typedInDraft } from '#modules/initiatives/keeping/drafts/queries.server.ts';
import type { OpenedLink } from '#modules/initiatives/links/model.ts';
import { linkNamed } from '#modules/initiatives/links/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { keepActions, keepLoad, type Comes } from '../keeping.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

async function opened(word: string): Promise<OpenedLink> {
  return (await linkNamed(word, 'keep', 'add', 'still-true')) ?? error(404, 'not found');
}

async function comes({ params }: Pick<RequestEvent, 'params'>): Promise<Comes> {
  const { viewer, initiative } = await opened(params.word);
  if (initiative === null) error(404, 'not found');
  return { viewer, id: initiative };
}

async function draftOf({ about, viewer }: OpenedLink) {
  const typed = about === null ? null : await withViewer(viewer, (tx) => typedInDraft(tx, about));
  if (about === null || !typed) error(404, 'not found');
  return { typed, holder: holderOf(about) };
}

export const load: PageServerLoad = async (event) => {
  const link = await opened(event.params.word);
  if (link.initiative === null) return { draft: (await draftOf(link)).typed, kept: null };
  return { draft: null, kept: await keepLoad({ viewer: link.viewer, id: link.initiative }, event) };
};

export const actions = {
  ...keepActions<RequestEvent>(comes),
  lay: async ({ params, locals, url }: RequestEvent) => {
    const link = await opened(params.word);
    if (link.initiative === null) {
      const { typed, holder } = await draftOf(link);
      const added = await withViewer(link.viewer, (tx) =>
        addEntry(tx, { typed, unreadable: [] }, locals.language),
      );
      if (!added.ok)
        return fail(400, { typed, before: null, problems: added.problems, clashes: [], pointShown: true });
      await dropDraft(holder);
    }
    // Who presses the button twice finds the entry that was laid the first time.
    redirect(303, `${url.pathname}?laid`);
  },
};
