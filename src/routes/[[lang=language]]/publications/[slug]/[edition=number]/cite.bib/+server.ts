import { bibtexOf } from '#modules/learning/citing/queries.server.ts';
import { citable } from '#modules/publications/citing/model.ts';
import { openEdition } from '#modules/publications/reading/library/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { absent, openData } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, url }) => {
  const edition = await withViewer(visitor, (tx) => openEdition(tx, params.slug, params.edition));
  return edition
    ? openData(bibtexOf(citable(url.origin, edition)), 'application/x-bibtex; charset=utf-8')
    : absent();
};
