import { error, fail, redirect } from '@sveltejs/kit';
import { parseWhich } from '#modules/agendas/carrying/input.ts';
import { drawUpAgenda } from '#modules/agendas/commands/draw-up.server.ts';
import { ledAgendas, undrawn } from '#modules/agendas/keeping/queries.server.ts';
import { facilitatorOf } from '#modules/sessions/access.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({ agendas: await ledAgendas(tx), undrawn: await undrawn(tx) }));

export const actions = {
  draw: async ({ locals, request, url }) => {
    const leads = facilitatorOf(locals.viewer) ?? error(404, 'not found');
    const session = parseWhich(await request.formData(), 'session');
    const drawn = await withViewer(leads, async (tx) => {
      const mine = (await undrawn(tx)).some((each) => each.session === session);
      return mine ? drawUpAgenda(tx, leads, { session, home: url.origin, on: today() }) : null;
    });
    if (!drawn?.ok) return fail(409, { refused: 'agendas.refused.not_there' as const });
    redirect(303, `/${locals.language}/desk/agendas/${drawn.value.agenda}`);
  },
} satisfies Actions;
