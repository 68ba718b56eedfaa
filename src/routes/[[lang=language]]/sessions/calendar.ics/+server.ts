import { calendarOf } from '#modules/sessions/reading/calendar/model.ts';
import { sessionsForCalendar } from '#modules/sessions/reading/queries.server.ts';
import { now } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) => {
  const { language } = locals;
  const sessions = await withViewer(visitor, (tx) => sessionsForCalendar(tx, language, null, now()));
  const told = calendarOf(speaker(language, catalogue), sessions, { origin: url.origin, at: now() });
  return new Response(told, { headers: { 'content-type': 'text/calendar; charset=utf-8' } });
};
