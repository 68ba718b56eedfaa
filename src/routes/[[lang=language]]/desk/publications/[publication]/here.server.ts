import { error, fail, redirect } from '@sveltejs/kit';
import { editorOf, type Editor } from '#modules/publications/access.ts';
import type { Worked } from '#modules/publications/beginning/model.ts';
import { workIn } from '#modules/publications/beginning/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** The publication this desk is about, and the proof that who comes edits it; for anyone else there is no such desk. */
export async function editedHere(
  tx: Tx,
  { locals, params }: Pick<RequestEvent, 'locals' | 'params'>,
): Promise<{ work: Worked; editor: Editor }> {
  const work = (await workIn(tx, params.publication)) ?? error(404, 'not found');
  const editor =
    editorOf(locals.viewer, { publication: work.id, part: work.part }) ?? error(404, 'not found');
  return { work, editor };
}

type Here = Awaited<ReturnType<typeof editedHere>>;
type Work = (tx: Tx, here: Here, form: FormData) => Promise<Result<unknown, MessageKey>>;

/** Does what a form asks and leads back to the page, to `at` on it; what cannot be done is told. */
export async function done(event: RequestEvent, at: string, work: Work) {
  const form = await event.request.formData();
  const answer = await withViewer(event.locals.viewer, async (tx) =>
    work(tx, await editedHere(tx, event), form),
  );
  if (!answer.ok) return fail(409, { refused: answer.reason, details: answer.details });
  redirect(303, `${event.url.pathname}?done${at && `#${at}`}`);
}
