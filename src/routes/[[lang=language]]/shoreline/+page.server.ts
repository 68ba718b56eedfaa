import { parseShoreline } from '#modules/initiatives/shoreline/input.ts';
import { happenedBetween, livingOn, shores, tide } from '#modules/initiatives/shoreline/queries.server.ts';
import { provinces } from '#modules/places/queries.server.ts';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  const { wish, problems, turned } = parseShoreline(url.searchParams, today());
  const year = Number(wish.day.slice(0, 4));
  // Without a question the whole wave since 2015 is told.
  const asked = url.searchParams.has('day') || url.searchParams.has('asOf');
  const between = wish.between ?? {
    from: daysLater(asked ? `${year}-01-01` : '2015-01-01', -1),
    until: wish.day,
  };
  return withViewer(locals.viewer, async (tx) => ({
    wish,
    problems,
    turned,
    year,
    since: asked || wish.between ? null : 2015,
    today: today(),
    years: await tide(tx, today()),
    shores: await shores(tx, today()),
    living: await livingOn(tx, wish.day),
    before: wish.between ? await livingOn(tx, wish.between.from) : null,
    happened: await happenedBetween(tx, between.from, between.until, locals.language),
    provinces: await provinces(tx, locals.language),
  }));
};
