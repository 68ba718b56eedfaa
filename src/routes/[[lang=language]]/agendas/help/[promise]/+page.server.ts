import { error, fail } from '@sveltejs/kit';
import { offerFromOutside } from '#modules/agendas/helping/commands/outside.server.ts';
import { parseOffer } from '#modules/agendas/helping/input.ts';
import { askingForHelp } from '#modules/agendas/helping/queries.server.ts';
import { typedIn } from '#modules/sessions/joining/input.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { house, visitor } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

const asking = async (promise: string) =>
  (isKey(promise) ? await withViewer(visitor, (tx) => askingForHelp(tx, promise)) : null) ??
  error(404, 'not found');

export const load: PageServerLoad = async ({ params }) => asking(params.promise);

export const actions = {
  default: async ({ params, request, locals, url }) => {
    await asking(params.promise);
    const form = await request.formData();
    const offer = parseOffer(form);
    if (!offer.ok) return fail(409, { refused: offer.reason, typed: typedIn(form) });
    const said = { promise: params.promise, offer: offer.value, language: locals.language, home: url.origin };
    await withViewer(house, (tx) => offerFromOutside(tx, said, today()));
    return { sent: true };
  },
} satisfies Actions;
