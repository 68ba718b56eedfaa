import { sayYesToOffer } from '#modules/agendas/helping/commands/outside.server.ts';
import { offerWith } from '#modules/agendas/helping/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({
  offer: await withViewer(house, (tx) => offerWith(tx, params.word, today())),
});

export const actions = {
  // A link that is only opened offers nothing; a button does.
  default: async ({ params }) => ({
    said: await withViewer(house, (tx) => sayYesToOffer(tx, params.word, today())),
  }),
} satisfies Actions;
