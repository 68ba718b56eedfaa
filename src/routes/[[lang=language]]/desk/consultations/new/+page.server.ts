import { error, fail, redirect } from '@sveltejs/kit';
import { askerOf } from '#modules/pools/consulting/access.ts';
import { askPool } from '#modules/pools/consulting/commands.server.ts';
import { parseAsked } from '#modules/pools/consulting/input.ts';
import { asksAs, poolsToAsk } from '#modules/pools/consulting/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { typedIn } from '#platform/form.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => ({
    pools: await poolsToAsk(tx),
    as: await asksAs(tx, locals.viewer),
    today: today(),
  }));
};

export const actions = {
  default: async ({ locals, request, url }) => {
    const asker = askerOf(locals.viewer) ?? error(404, 'not found');
    const form = await request.formData();
    const asked = parseAsked(form, today());
    const how = { language: locals.language, home: url.origin, on: today() };
    const answer = asked.ok ? await withViewer(asker, (tx) => askPool(tx, asker, asked.value, how)) : asked;
    if (!answer.ok)
      return fail(422, {
        refused: { reason: answer.reason, details: answer.details },
        typed: typedIn(form),
      });
    redirect(303, `/${locals.language}/desk/consultations/${answer.value.consultation}`);
  },
} satisfies Actions;
