import { provinces } from '#modules/places/queries.server.ts';
import { parseSessionWish } from '#modules/sessions/reading/input.ts';
import { findSessions } from '#modules/sessions/reading/queries.server.ts';
import { now } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  const wish = parseSessionWish(url.searchParams);
  return withViewer(visitor, async (tx) => ({
    wish,
    provinces: await provinces(tx, locals.language),
    found: await findSessions(tx, wish, locals.language, now()),
  }));
};
