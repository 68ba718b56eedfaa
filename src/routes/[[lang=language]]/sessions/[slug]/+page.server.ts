import { error } from '@sveltejs/kit';
import { agendaOfSession } from '#modules/agendas/reading/queries.server.ts';
import { sessionNamed } from '#modules/sessions/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  withViewer(visitor, async (tx) => ({
    session: (await sessionNamed(tx, params.slug, locals.language)) ?? error(404, 'not found'),
    agenda: await agendaOfSession(tx, params.slug),
  }));
