import { parseWish, typedWords } from '#modules/initiatives/input.ts';
import { findInitiatives, spokenLanguages } from '#modules/initiatives/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
  const { wish, problems } = parseWish(url.searchParams, today());
  return withViewer(locals.viewer, async (tx) => ({
    wish,
    problems,
    day: wish.asOf === today() ? null : wish.asOf,
    typed: typedWords(url.searchParams),
    spoken: await spokenLanguages(tx),
    found: await findInitiatives(tx, wish, locals.language),
  }));
};
