import { error, redirect } from '@sveltejs/kit';
import { circleOpenerOf } from '#modules/learning/intervision/access.ts';
import { doInCircle, openCircle } from '#modules/learning/intervision/commands.server.ts';
import { parseCalled } from '#modules/learning/intervision/input.ts';
import { newWord } from '#modules/learning/intervision/queries.server.ts';
import { comeIn } from '#modules/learning/intervision/round/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { giveWord } from '../here.server.ts';
import type { Actions } from './$types';

export const actions = {
  default: async ({ cookies, locals, request }) => {
    const opener = circleOpenerOf(locals.viewer) ?? error(404, 'not found');
    const called = parseCalled(await request.formData());
    const word = newWord();
    await withViewer(locals.viewer, (tx) => openCircle(tx, opener, word));
    await doInCircle(giveWord(cookies, word), (circle, seat) => comeIn(circle, seat, called));
    redirect(303, `/${locals.language}/circle`);
  },
} satisfies Actions;
