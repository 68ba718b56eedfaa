import { error, fail, redirect } from '@sveltejs/kit';
import { alikeAsTyped } from '#modules/initiatives/keeping/alike/queries.server.ts';
import { addEntry } from '#modules/initiatives/keeping/commands/add-entry.server.ts';
import type { DraftHolder } from '#modules/initiatives/keeping/drafts/access.ts';
import { beginDraft, dropDraft, keepDraft } from '#modules/initiatives/keeping/drafts/commands.server.ts';
import { draftNamed, typedInDraft } from '#modules/initiatives/keeping/drafts/queries.server.ts';
import { typedIn } from '#modules/initiatives/keeping/input.ts';
import { askForAddLink } from '#modules/initiatives/keeping/letters/commands.server.ts';
import { word, type Typed } from '#modules/initiatives/keeping/model.ts';
import { problemsIn } from '#modules/initiatives/keeping/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad, RequestEvent } from './$types';

async function held(given: string | undefined): Promise<DraftHolder | null> {
  if (given === undefined) return null;
  return (await draftNamed(given)) ?? error(404, 'not found');
}

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const holder = await held(params.word);
  const typed: Typed =
    (holder && (await withViewer(holder.viewer, (tx) => typedInDraft(tx, holder.draft)))) ?? {};
  return {
    typed,
    byMail: locals.viewer.kind !== 'person',
    link: params.word === undefined ? null : `${url.origin}${url.pathname}`,
    sentTo: url.searchParams.has('sent') ? word(typed, 'mail') : null,
  };
};

/** Keeps what was typed, under the word it already has or a new one; answers where that is. */
async function keep(event: RequestEvent, typed: Typed): Promise<{ holder: DraftHolder; path: string }> {
  const { params, locals } = event;
  const before = await held(params.word);
  if (before) await keepDraft(before, typed, locals.language);
  const { holder, word: name } = before
    ? { holder: before, word: params.word ?? '' }
    : await beginDraft(typed, locals.language, locals.viewer);
  return { holder, path: `/${locals.language}/initiatives/add/${name}` };
}

export const actions = {
  save: async (event: RequestEvent) => {
    const { typed } = typedIn(await event.request.formData());
    redirect(303, (await keep(event, typed)).path);
  },
  lay: async (event: RequestEvent) => {
    const { locals, params, request, url } = event;
    const form = await request.formData();
    const given = typedIn(form);
    const none = form.get('alike') === 'none';
    const alike = none
      ? []
      : await withViewer(locals.viewer, (tx) => alikeAsTyped(tx, given.typed, locals.language));
    if (alike.length > 0) return fail(400, { typed: given.typed, alike });
    const byMail = locals.viewer.kind !== 'person';
    if (byMail) {
      const problems = await withViewer(locals.viewer, (tx) => problemsIn(tx, given, locals.language, true));
      if (problems.length > 0) return fail(400, { typed: given.typed, problems, none });
      const { holder, path } = await keep(event, given.typed);
      await askForAddLink(holder, url.origin);
      redirect(303, `${path}?sent`);
    }
    const before = await held(params.word);
    const added = await withViewer(locals.viewer, (tx) => addEntry(tx, given, locals.language));
    if (!added.ok) return fail(400, { typed: given.typed, problems: added.problems, none });
    if (before) await dropDraft(before);
    redirect(303, `/${locals.language}/initiatives/${added.slug}/keep?laid`);
  },
};
