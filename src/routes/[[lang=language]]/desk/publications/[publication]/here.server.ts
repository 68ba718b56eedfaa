import { error, fail, redirect } from '@sveltejs/kit';
import { editorOf, keeperOf, type Editor, type Keeper } from '#modules/publications/access.ts';
import type { ArticleProblem } from '#modules/publications/beginning/articles/input.ts';
import type { CoverProblem } from '#modules/publications/beginning/input.ts';
import type { Worked } from '#modules/publications/beginning/model.ts';
import { workIn } from '#modules/publications/beginning/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { typedIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { refused, type Ok, type Refused } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** The publication this desk is about, and the proofs that who comes answers for it, and edits it (null once the work has ended); for anyone else there is no such desk. */
export async function editedHere(
  tx: Tx,
  { locals, params }: Pick<RequestEvent, 'locals' | 'params'>,
): Promise<{ work: Worked; keeper: Keeper; editor: Editor | null }> {
  const work = (await workIn(tx, params.publication)) ?? error(404, 'not found');
  const held = { ...work, publication: work.id };
  const keeper = keeperOf(locals.viewer, held) ?? error(404, 'not found');
  return { work, keeper, editor: editorOf(locals.viewer, held) };
}

type Here = Awaited<ReturnType<typeof editedHere>>;

/** A refusal, with what is wrong with each answer. */
interface Wrong extends Refused<MessageKey> {
  readonly problems?: readonly (CoverProblem | ArticleProblem)[];
}
type Deed<To> = (tx: Tx, here: To, form: FormData) => Promise<Ok<unknown> | Wrong>;

/** Does what a form asks of who answers for the publication and leads back to the page, to `at` on it; what cannot be done is told, with what was typed. */
export async function doneByKeeper(event: RequestEvent, at: string, deed: Deed<Here>) {
  const form = await event.request.formData();
  const answer = await withViewer(event.locals.viewer, async (tx) =>
    deed(tx, await editedHere(tx, event), form),
  );
  if (!answer.ok) {
    const { reason, details, problems = [] } = answer;
    return fail(problems.length > 0 ? 422 : 409, {
      ...{ at, refused: reason, details, problems },
      typed: typedIn(form),
    });
  }
  redirect(303, `${event.url.pathname}?done${at && `#${at}`}`);
}

/** The same for who edits it; told when nobody works on it any more. */
export const done = (event: RequestEvent, at: string, deed: Deed<{ work: Worked; editor: Editor }>) =>
  doneByKeeper(event, at, async (tx, { work, editor }, form) =>
    editor ? deed(tx, { work, editor }, form) : refused('publications.desk.refused.publication_ended'),
  );
