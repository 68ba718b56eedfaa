import { error } from '@sveltejs/kit';
import { setBook } from '#modules/publications/setting/jobs.server.ts';
import { proofOf } from '#modules/publications/writing/proof/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { printed } from '../../../../printed.server.ts';
import { workHere } from '../../../../together/[publication]/here.server.ts';
import type { RequestHandler } from './$types';

/** The publication as it would go out on paper today, for who works on it; never kept. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const book = await withViewer(locals.viewer, async (tx) => {
    const { work } = await workHere(tx, { locals, params });
    return proofOf(tx, work.id, { exit: 'paper' });
  });
  if (!book) error(404, 'not found');
  const say = speaker(locals.language, catalogue);
  return printed({ say }, await setBook(book, 'ua-1'), `${params.publication}-proof`, { kept: false });
};
