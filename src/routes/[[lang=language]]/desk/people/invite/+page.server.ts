import { error, fail, redirect } from '@sveltejs/kit';
import { entryAt } from '#modules/initiatives/members/queries.server.ts';
import { giverOf, stewardOf } from '#modules/people/access.ts';
import { invite } from '#modules/people/commands/invite.server.ts';
import { parseInvitation, type PeopleProblem } from '#modules/people/input.ts';
import { latestEnd } from '#modules/people/model.ts';
import { placesToChoose } from '#modules/people/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  if (!stewardOf(locals.viewer)) error(404, 'not found');
  return {
    places: await withViewer(locals.viewer, (tx) => placesToChoose(tx, locals.language)),
    latest: latestEnd(today()),
    done: url.searchParams.has('done'),
  };
};

export const actions = {
  default: async ({ request, locals, url }) => {
    const parsed = parseInvitation(await request.formData(), today());
    const { typed, said } = parsed;
    const back = (problems: readonly PeopleProblem[]) => fail(400, { typed, problems });
    if (!said) return back(parsed.problems);
    const entry = said.place ? null : await withViewer(locals.viewer, (tx) => entryAt(tx, said.slug));
    if (!said.place && !entry) return back([{ field: 'slug', reason: 'people.desk.problem.slug.unknown' }]);
    const giver = giverOf(
      locals.viewer,
      said.role,
      said.place ?? { kind: 'initiative', id: entry?.id ?? '' },
    );
    if (!giver) error(404, 'not found');
    const invited = await invite(locals.viewer, giver, { ...said, home: url.origin });
    if (!invited.ok) return back([{ field: null, reason: `people.desk.problem.${invited.reason}` }]);
    redirect(303, `/${locals.language}/desk/people/invite?done=1`);
  },
} satisfies Actions;
