import { error, fail, redirect } from '@sveltejs/kit';
import {
  layerOf,
  memberOf,
  writerOf,
  type Layer,
  type Member,
  type Writer,
} from '#modules/publications/access.ts';
import type { Worked } from '#modules/publications/beginning/model.ts';
import { workIn } from '#modules/publications/beginning/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { typedIn } from '#platform/form.ts';
import { refused, type Result } from '#platform/result.ts';

interface Come {
  readonly locals: App.Locals;
  readonly params: { readonly publication: string };
}

interface Here {
  readonly work: Worked;
  readonly member: Member;
  /** Null once nobody works on it any more. */
  readonly layer: Layer | null;
  /** Null for who only lays pieces too. */
  readonly writer: Writer | null;
}

/** The publication this door is about, and the proofs of what who comes may do in it; who does not belong to it finds nothing here. */
export async function workHere(tx: Tx, { locals, params }: Come): Promise<Here> {
  const work = (await workIn(tx, params.publication)) ?? error(404, 'not found');
  const held = { ...work, publication: work.id };
  const member = memberOf(locals.viewer, held) ?? error(404, 'not found');
  return { work, member, layer: layerOf(locals.viewer, held), writer: writerOf(locals.viewer, held) };
}

/** A form that is sent to the page of a publication, or to one beneath it. */
interface Sent extends Come {
  readonly request: Request;
  readonly url: URL;
}

type Deed<To> = (tx: Tx, here: To, form: FormData) => Promise<Result<unknown, MessageKey>>;

/** Does what a form asks of who belongs to the publication and leads back to the page, or to another; what cannot be done is told, with what was typed. */
export async function doneByMember(event: Sent, deed: Deed<Here>, to = `${event.url.pathname}?done`) {
  const form = await event.request.formData();
  const answer = await withViewer(event.locals.viewer, async (tx) =>
    deed(tx, await workHere(tx, event), form),
  );
  if (!answer.ok)
    return fail(409, {
      refused: answer.reason,
      typed: typedIn(form),
      chosen: form.getAll('block').map(String),
    });
  redirect(303, to);
}

/** The same for who works on it; told when nobody does any more. */
export const done = (event: Sent, deed: Deed<Here & { readonly layer: Layer }>) =>
  doneByMember(event, async (tx, { layer, ...here }, form) =>
    layer ? deed(tx, { ...here, layer }, form) : refused('together.refused.publication_ended'),
  );
