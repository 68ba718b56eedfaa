import { error, fail, redirect } from '@sveltejs/kit';
import { placesToChoose } from '#modules/people/queries.server.ts';
import { tableSetterOf } from '#modules/tables/access.ts';
import { setUpTable } from '#modules/tables/setting/commands.server.ts';
import { parseTable } from '#modules/tables/setting/input.ts';
import type { TableProblem } from '#modules/tables/setting/model.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({ places: await placesToChoose(tx, locals.language) }));
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const setter = tableSetterOf(locals.viewer) ?? error(404, 'not found');
    const { wish, problems } = parseTable(await request.formData(), today());
    if (problems.length > 0) return fail(400, { wish, problems });
    const made = await withViewer(setter, (tx) => setUpTable(tx, setter, wish, locals.language, today()));
    const elsewhere: TableProblem[] = [{ field: 'where', reason: 'tables.desk.problem.not-here' }];
    if (!made.ok) return fail(409, { wish, problems: elsewhere });
    redirect(303, `/${locals.language}/desk/tables/${made.value.id}?done`);
  },
};
