import { stopFollowing } from '#modules/initiatives/following/commands/answer.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import type { Actions } from './$types';

export const actions = {
  // The one tap of a mail program comes here as well as the button; both are told the same, whatever the word opened.
  default: async ({ params }) => {
    await withViewer(house, (tx) => stopFollowing(tx, params.word, 'all'));
    return { stopped: true };
  },
} satisfies Actions;
