import { fail, redirect } from '@sveltejs/kit';
import { freezeVersion } from '#modules/stories/telling/commands.server.ts';
import { asItAppears } from '#modules/stories/telling/model.ts';
import { momentsToTell, seal } from '#modules/stories/telling/queries.server.ts';
import { mediaHere, tellerHere, withTelling } from '../telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, telling) => {
    const doc = asItAppears(telling.doc);
    return {
      telling,
      doc,
      seen: seal(telling.title, doc).toString('hex'),
      moments: await momentsToTell(tx, telling.id),
      media: await mediaHere(tx, telling.id),
      changed: event.url.searchParams.has('changed'),
    };
  });

export const actions = {
  default: async (event) => {
    const teller = tellerHere(event);
    const seen = String((await event.request.formData()).get('seen'));
    const here = `/${event.locals.language}/tell/${event.params.telling}`;
    const frozen = await withTelling(event, async (tx, telling) =>
      // What was changed elsewhere since it was shown is shown again first.
      seal(telling.title, asItAppears(telling.doc)).toString('hex') === seen
        ? freezeVersion(tx, teller, telling.id)
        : null,
    );
    if (!frozen) redirect(303, `${here}/see?changed`);
    if (frozen.ok) redirect(303, `${here}/release`);
    if (frozen.reason === 'others_unanswered') redirect(303, `${here}/others`);
    return fail(400, { problem: 'telling.problem.telling_empty' as const });
  },
} satisfies Actions;
