import { error } from '@sveltejs/kit';
import { entryNamed } from '#modules/initiatives/entry/queries.server.ts';
import { parseWish } from '#modules/initiatives/input.ts';
import { bestChain } from '#modules/initiatives/relations/chains/queries.server.ts';
import { relationsOf } from '#modules/initiatives/relations/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) => {
  const { wish, problems } = parseWish(url.searchParams, today());
  return withViewer(locals.viewer, async (tx) => {
    const entry = await entryNamed(tx, params.slug, locals.language);
    if (!entry) error(404, 'not found');
    return {
      entry,
      problems,
      today: today(),
      day: wish.asOf,
      relations: await relationsOf(tx, entry.id, wish.asOf, locals.language),
      chain: await bestChain(tx, wish.asOf, entry.slug),
    };
  });
};
