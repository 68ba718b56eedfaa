import { error, fail, redirect } from '@sveltejs/kit';
import { settleTelling } from '#modules/stories/opening/jobs.server.ts';
import { placeTelling } from '#modules/stories/signifying/commands.server.ts';
import { parsePlacings } from '#modules/stories/signifying/input.ts';
import { othersPlacings, placingsOf } from '#modules/stories/signifying/queries.server.ts';
import { tellerHere, withTelling } from '../telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, { id, standing }) => ({
    id,
    standing,
    placings: await placingsOf(tx, id),
    others: await othersPlacings(tx, id),
  }));

export const actions = {
  default: async (event) => {
    const teller = tellerHere(event);
    const { placings, unsaid } = parsePlacings(await event.request.formData());
    if (unsaid.length > 0) return fail(400, { placings, unsaid });
    const placed = await withTelling(event, async (tx, { id, standing }) => {
      const done = await placeTelling(tx, teller, id, placings);
      if (standing === 'released') await settleTelling(tx, id);
      return done;
    });
    if (!placed.ok) error(404, 'not found');
    redirect(303, `/${event.locals.language}/tell/${event.params.telling}/place`);
  },
} satisfies Actions;
