import { error } from '@sveltejs/kit';
import { carried } from '#modules/agendas/carrying/queries.server.ts';
import { tasksOf } from '#modules/agendas/carrying/model.ts';
import { iCalendar } from '#platform/calendar/icalendar.ts';
import { now } from '#platform/clock.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { asCarrier } from '../../carrying.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url, locals }) => {
  const seen = (await asCarrier(params.word, carried)) ?? error(404, 'not found');
  const say = speaker(locals.language, catalogue);
  const page = new URL(say.to(`/check-in/${params.word}`), url).href;
  const text = iCalendar(say('agendas.carry.title'), tasksOf(seen, { now: now(), page, host: url.host }));
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="promises.ics"',
    },
  });
};
