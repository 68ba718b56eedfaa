import { graphFor } from '#modules/languages/words/skos/queries.server.ts';
import { turtleOf } from '#modules/languages/words/skos/model.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData } from '#platform/http/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) =>
  openData(
    turtleOf(await withViewer(locals.viewer, (tx) => graphFor(tx, url.origin))),
    'text/turtle; charset=utf-8',
  );
