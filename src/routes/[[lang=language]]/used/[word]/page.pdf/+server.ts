import { error } from '@sveltejs/kit';
import { usesOfMineIn } from '#modules/publications/telling-back/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { pageOfUse } from '../../printed.server.ts';
import { openedBy } from '../opened.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url, locals }) => {
  const { viewer, publication, piece } = await openedBy(params.word);
  const wished = url.searchParams.get('piece') ?? piece;
  const all = await withViewer(viewer, (tx) => usesOfMineIn(tx, publication));
  if (!all.some((use) => use.piece === wished)) error(404, 'not found');
  return pageOfUse(viewer, wished, locals.language);
};
