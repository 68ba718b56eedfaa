import { fileTypes } from '#modules/publications/reading/library/model.ts';
import { fileOf, openEdition } from '#modules/publications/reading/library/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

const plain = (text: string, status: number, more: Record<string, string> = {}) =>
  new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...more },
  });

/** A file to take along; while it is being made anew, such as after a voice left, nobody gets the one before it. */
export const GET: RequestHandler = async ({ params: { slug, edition: number, file: kind }, locals }) => {
  const { edition, file } = await withViewer(visitor, async (tx) => {
    const edition = await openEdition(tx, slug, number);
    return { edition, file: edition && (await fileOf(tx, edition.id, kind)) };
  });
  const say = speaker(locals.language, catalogue);
  if (!edition || (!edition.printed && kind !== 'book.epub'))
    return plain(say('publications.file.none'), 404);
  if (!file) return plain(say('publications.file.making'), 202, { 'retry-after': '60' });
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': fileTypes[kind],
      'content-disposition': `inline; filename="${slug}-${number}-${kind}"`,
      'x-content-type-options': 'nosniff',
      etag: `"${file.sha256}"`,
      'cache-control': 'public, max-age=0, must-revalidate',
    },
  });
};
