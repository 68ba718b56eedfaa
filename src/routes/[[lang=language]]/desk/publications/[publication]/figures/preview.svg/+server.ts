import { parseAsk } from '#modules/publications/figures/input.ts';
import { seen } from '#modules/publications/figures/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { drawingAnswer } from '../../../../../drawn.server.ts';
import { workHere } from '../../../../../together/[publication]/here.server.ts';
import { speechOf } from '../../speech.server.ts';
import type { RequestHandler } from './$types';

/** A figure as it would be taken now. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { work } = await withViewer(locals.viewer, (tx) => workHere(tx, { locals, params }));
  const ask = parseAsk(url.searchParams, today());
  const shown = ask.ok
    ? await withViewer(visitor, (tx) => seen(tx, ask.value, speechOf(work.language), today()))
    : null;
  return drawingAnswer(shown?.drawing ?? null, false);
};
