import { figureSeen } from '#modules/publications/figures/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { drawingAnswer } from '../../../../drawn.server.ts';
import type { RequestHandler } from './$types';

/** The drawing of a figure; before it is out, for who is signed in. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const figure = await withViewer(locals.viewer, (tx) => figureSeen(tx, locals.viewer, params.figure));
  return drawingAnswer(figure?.drawing ?? null, locals.viewer.kind === 'visitor');
};
