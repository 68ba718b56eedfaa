import { error } from '@sveltejs/kit';
import { researcherOf, type Researcher } from '#modules/stories/access.ts';
import type { Codebook } from '#modules/stories/coding/model.ts';
import { codableTelling, codebookOf, type CodableTelling } from '#modules/stories/coding/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';

interface Event {
  readonly locals: App.Locals;
  readonly params: { readonly codebook?: string; readonly telling?: string };
}

/** Who does research here; a page that is not there for everyone else. */
export const researcherAt = ({ locals }: Pick<Event, 'locals'>): Researcher =>
  researcherOf(locals.viewer) ?? error(404, 'not found');

interface Here {
  readonly tx: Tx;
  readonly who: Researcher;
  readonly book: Codebook;
}

/** Does the work at the codebook of this door, for who has it. */
export function atCodebook<Answer>(event: Event, work: (here: Here) => Promise<Answer>): Promise<Answer> {
  const who = researcherAt(event);
  return withViewer(event.locals.viewer, async (tx) => {
    const book = (await codebookOf(tx, event.params.codebook ?? '')) ?? error(404, 'not found');
    return work({ tx, who, book });
  });
}

/** Does the work at the telling of this door, for who may code it today. */
export const atTelling = <Answer>(
  event: Event,
  work: (here: Here & { readonly telling: CodableTelling }) => Promise<Answer>,
): Promise<Answer> =>
  atCodebook(event, async (here) => {
    const telling = (await codableTelling(here.tx, event.params.telling ?? '')) ?? error(404, 'not found');
    return work({ ...here, telling });
  });
