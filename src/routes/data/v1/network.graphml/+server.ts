import { graphmlOf } from '#modules/initiatives/relations/exchange/model.ts';
import { parseAsOf } from '#modules/initiatives/relations/input.ts';
import { fieldGraph } from '#modules/initiatives/relations/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, problem } from '#platform/http/problem.ts';

export async function GET({ url, locals }) {
  const asOf = parseAsOf(url.searchParams);
  if (!asOf.ok) return problem(400, 'Bad request', 'Some parameters are wrong.', asOf.errors);
  const field = await withViewer(locals.viewer, (tx) => fieldGraph(tx, asOf.value));
  return openData(graphmlOf(field), 'application/graphml+xml; charset=utf-8');
}
