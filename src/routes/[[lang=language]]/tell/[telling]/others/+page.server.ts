import { error, fail, redirect } from '@sveltejs/kit';
import { answerOthers } from '#modules/stories/third-persons/commands.server.ts';
import { parseAnswers } from '#modules/stories/third-persons/input.ts';
import { othersOf } from '#modules/stories/third-persons/queries.server.ts';
import { tellerHere, withTelling } from '../telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, telling) => ({ telling, texts: await othersOf(tx, telling.id) }));

export const actions = {
  default: async (event) => {
    const teller = tellerHere(event);
    const answers = parseAnswers(await event.request.formData());
    const said = await withTelling(event, (tx, { id }) => answerOthers(tx, teller, id, answers));
    if (!said.ok) {
      if (said.reason === 'telling_unknown') error(404, 'not found');
      return fail(400, { problem: `telling.problem.${said.reason}` as const });
    }
    if (said.value.left > 0) return fail(400, { problem: 'telling.others.left' as const });
    redirect(303, `/${event.locals.language}/tell/${event.params.telling}/see`);
  },
} satisfies Actions;
