import { error } from '@sveltejs/kit';
import { layerOf } from '#modules/publications/access.ts';
import { workIn } from '#modules/publications/beginning/queries.server.ts';
import { setBook } from '#modules/publications/setting/jobs.server.ts';
import { proofOf } from '#modules/publications/writing/proof/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import type { RequestHandler } from './$types';

/** The publication as it would go out on paper today, for who works on it; never kept. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const book = await withViewer(locals.viewer, async (tx) => {
    const work = await workIn(tx, params.publication);
    if (!work || !layerOf(locals.viewer, { ...work, publication: work.id })) error(404, 'not found');
    return proofOf(tx, work.id, { exit: 'paper' });
  });
  if (!book) error(404, 'not found');
  const set = await setBook(book, 'ua-1');
  if (set.ok)
    return new Response(new Uint8Array(set.value.pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${params.publication}-proof.pdf"`,
        'cache-control': 'no-store',
      },
    });
  const say = speaker(locals.language, catalogue);
  const letters = set.details?.letters ?? '';
  return new Response(say(`print.${set.reason}`, { letters: String(letters) }), {
    status: 503,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'retry-after': '60',
      'content-language': locals.language,
    },
  });
};
