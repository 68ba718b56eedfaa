import { error, fail, redirect } from '@sveltejs/kit';
import { linkNamed } from '#modules/initiatives/links/queries.server.ts';
import { addresseeOf } from '#modules/initiatives/relations/saying/access.ts';
import { answerByLetter } from '#modules/initiatives/relations/saying/commands.server.ts';
import { parseAnswer, typedIn } from '#modules/initiatives/relations/saying/input.ts';
import type { SayingBack } from '#modules/initiatives/relations/saying/model.ts';
import { spokenRelation } from '#modules/initiatives/relations/saying/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

async function opened(word: string) {
  const link = await linkNamed(word, 'relation');
  const addressee = link && addresseeOf(link);
  if (!addressee) error(404, 'not found');
  return { viewer: link.viewer, addressee };
}

export const load: PageServerLoad = async ({ params, url }) => {
  const { viewer, addressee } = await opened(params.word);
  const relation = await withViewer(viewer, (tx) =>
    spokenRelation(tx, addressee.relation, addressee.initiative),
  );
  if (!relation) error(404, 'not found');
  const done = (['confirmed', 'differs'] as const).find((one) => url.searchParams.has(one)) ?? null;
  return { relation, done, today: today() };
};

/** A link that is only opened does nothing, so that what scans mails answers for nobody; a button does. */
const answer =
  (stance: 'confirms' | 'disputes') =>
  async ({ params, request, url }: RequestEvent) => {
    const typed = typedIn(await request.formData());
    const { asked, problems } = parseAnswer(typed);
    const back = (more: SayingBack['problems']) =>
      fail(400, { typed, about: null, found: [], problems: more } satisfies SayingBack);
    if (!asked) return back(problems);
    const { viewer, addressee } = await opened(params.word);
    const answered = await withViewer(viewer, (tx) =>
      answerByLetter(tx, addressee, { stance, words: asked.words }),
    );
    if (answered.ok) redirect(303, `${url.pathname}?${stance === 'confirms' ? 'confirmed' : 'differs'}`);
    if (answered.reason === 'not_yours') error(404, 'not found');
    return back([{ field: 'words', reason: answered.reason }]);
  };

export const actions: Actions = { confirm: answer('confirms'), differ: answer('disputes') };
