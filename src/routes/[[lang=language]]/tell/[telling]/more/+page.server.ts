import { error, redirect } from '@sveltejs/kit';
import { provinces } from '#modules/places/queries.server.ts';
import { settleTelling } from '#modules/stories/opening/jobs.server.ts';
import { saveMore } from '#modules/stories/telling/commands.server.ts';
import { parseMore } from '#modules/stories/telling/input.ts';
import { tellerHere, withTelling } from '../telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, telling) => ({
    telling,
    provinces: (await provinces(tx, event.locals.language)).map(({ code, called }) => ({
      value: code,
      text: called,
    })),
  }));

export const actions = {
  default: async (event) => {
    const teller = tellerHere(event);
    const more = parseMore(await event.request.formData());
    const saved = await withTelling(event, async (tx, { id, standing }) => {
      const done = await saveMore(tx, teller, id, more);
      if (standing === 'released') await settleTelling(tx, id);
      return done;
    });
    if (!saved.ok) error(404, 'not found');
    redirect(303, `/${event.locals.language}/tell/${event.params.telling}/see`);
  },
} satisfies Actions;
