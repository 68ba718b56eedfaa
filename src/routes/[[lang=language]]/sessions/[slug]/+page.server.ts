import { error } from '@sveltejs/kit';
import { agendaOfSession } from '#modules/agendas/reading/queries.server.ts';
import { questionsMarked, sessionNamed } from '#modules/sessions/reading/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  withViewer(visitor, async (tx) => {
    const session = (await sessionNamed(tx, params.slug, locals.language)) ?? error(404, 'not found');
    return {
      session,
      asked: await questionsMarked(tx, session, locals.language, today()),
      agenda: await agendaOfSession(tx, params.slug),
    };
  });
