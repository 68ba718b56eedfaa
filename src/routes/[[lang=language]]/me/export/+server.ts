import { error } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import { belongingsOf } from '#modules/people/export/queries.server.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { sessionsOf } from '#platform/sign-in/sessions.server.ts';
import type { RequestHandler } from './$types';

/** Everything the house has of who asks, as one file. */
export const POST: RequestHandler = async ({ locals, url }) => {
  const me = oneself(locals.viewer) ?? error(404, 'not found');
  const [mail, sessions, belongings] = await Promise.all([
    mailOf(me.person),
    sessionsOf(me.person),
    belongingsOf(me),
  ]);
  const all = {
    house: url.host,
    made_at: new Date().toISOString(),
    signing_in: {
      mail,
      second_factor: locals.session?.hasSecondFactor ?? false,
      sessions: sessions.map(({ began, lastUsed }) => ({ began, last_used: lastUsed })),
    },
    belongings,
  };
  return new Response(`${JSON.stringify(all, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="steppingstones.json"',
    },
  });
};
