import { error } from '@sveltejs/kit';
import { gatheringOf } from '#modules/sessions/preparing/model.ts';
import { now } from '#platform/clock.ts';
import { iCalendar } from '#platform/calendar/icalendar.ts';
import { led } from '../led.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { locals, url } = event;
  const { session } = await led(event, () => Promise.resolve({}));
  const gathering = gatheringOf(session, url.origin, locals.language, now());
  if (!gathering) error(404, 'not found');
  return new Response(iCalendar(gathering.summary, [gathering]), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${session.slug}.ics"`,
    },
  });
};
