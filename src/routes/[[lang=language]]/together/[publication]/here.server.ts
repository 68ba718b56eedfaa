import { error, fail, redirect } from '@sveltejs/kit';
import { layerOf, writerOf, type Layer, type Writer } from '#modules/publications/access.ts';
import type { Worked } from '#modules/publications/beginning/model.ts';
import { workIn } from '#modules/publications/beginning/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Result } from '#platform/result.ts';

interface Come {
  readonly locals: App.Locals;
  readonly params: { readonly publication: string };
}

/** The publication this door is about, and the proof of what who comes is to it; who does not work on it finds nothing here. */
export async function workHere(
  tx: Tx,
  { locals, params }: Come,
): Promise<{ work: Worked; layer: Layer; writer: Writer | null }> {
  const work = (await workIn(tx, params.publication)) ?? error(404, 'not found');
  const held = { publication: work.id, part: work.part };
  const layer = layerOf(locals.viewer, held) ?? error(404, 'not found');
  return { work, layer, writer: writerOf(locals.viewer, held) };
}

/** A form that is sent to the page of a publication, or to one beneath it. */
interface Sent extends Come {
  readonly request: Request;
  readonly url: URL;
}

type Here = Awaited<ReturnType<typeof workHere>>;

/** Does what a form asks and leads back to the page, or to another; what cannot be done is told, with what was typed. */
export async function done(
  event: Sent,
  work: (tx: Tx, here: Here, form: FormData) => Promise<Result<unknown, MessageKey>>,
  to = `${event.url.pathname}?done`,
) {
  const form = await event.request.formData();
  const answer = await withViewer(event.locals.viewer, async (tx) =>
    work(tx, await workHere(tx, event), form),
  );
  if (!answer.ok)
    return fail(409, {
      refused: answer.reason,
      typed: Object.fromEntries([...form].filter(([, said]) => typeof said === 'string')) as Record<
        string,
        string
      >,
      chosen: form.getAll('block').map(String),
    });
  redirect(303, to);
}
