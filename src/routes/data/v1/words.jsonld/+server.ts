import { graphFor } from '#modules/languages/words/skos/queries.server.ts';
import { jsonLdOf } from '#modules/languages/words/skos/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) =>
  openData(
    jsonLdOf(await withViewer(locals.viewer, (tx) => graphFor(tx, url.origin))),
    'application/ld+json; charset=utf-8',
  );
