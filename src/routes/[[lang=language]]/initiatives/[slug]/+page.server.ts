import { error, redirect } from '@sveltejs/kit';
import { entryNamed, movedTo } from '#modules/initiatives/entry/queries.server.ts';
import { entryKnown } from '#modules/initiatives/entry/queries/known.server.ts';
import { parseWish } from '#modules/initiatives/input.ts';
import { bestChain } from '#modules/initiatives/relations/chains/queries.server.ts';
import { relationsOf } from '#modules/initiatives/relations/queries.server.ts';
import { markedText } from '#modules/languages/words/reading/queries.server.ts';
import { toldMoments } from '#modules/stories/moments/queries.server.ts';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) => {
  const { wish, problems } = parseWish(url.searchParams, today());
  const { viewer, language } = locals;
  const isVisitor = viewer.kind === 'visitor';
  return withViewer(viewer, async (tx) => {
    const entry = await (isVisitor ? entryNamed : entryKnown)(tx, params.slug, language);
    const elsewhere = entry?.standing === 'laid' ? null : await movedTo(tx, params.slug);
    if (elsewhere !== null) redirect(301, `/${language}/initiatives/${elsewhere}${url.search}`);
    if (!entry) error(404, 'not found');
    return {
      entry,
      summary: await markedText(tx, entry.text, today()),
      problems,
      today: today(),
      day: wish.asOf,
      mayChange: !isVisitor && (await hasRight(tx, 'change', [entry.id])),
      relations: await relationsOf(tx, entry.id, wish.asOf, language),
      told: await toldMoments(tx, entry.id, language),
      chain: await bestChain(tx, wish.asOf, entry.slug),
    };
  });
};
