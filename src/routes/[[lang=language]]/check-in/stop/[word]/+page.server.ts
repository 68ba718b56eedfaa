import { stopAsking } from '#modules/agendas/carrying/commands.server.ts';
import { carrierWith } from '#modules/agendas/carrying/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import type { Actions } from './$types';

export const actions = {
  // The one tap of a mail program comes here as well as the button; both are told the same, whatever the word opened.
  default: async ({ params }) => {
    await withViewer(house, async (tx) => {
      const carrier = await carrierWith(tx, params.word, today());
      if (carrier) await stopAsking(tx, carrier, today());
    });
    return { stopped: true };
  },
} satisfies Actions;
