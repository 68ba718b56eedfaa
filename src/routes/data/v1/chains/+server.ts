import { parseChainQuestion } from '#modules/initiatives/relations/input.ts';
import { chainData } from '#modules/initiatives/relations/chains/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, problem } from '#platform/http/problem.ts';

export async function GET({ url, locals }) {
  const question = parseChainQuestion(url.searchParams);
  if (!question.ok) return problem(400, 'Bad request', 'Some parameters are wrong.', question.errors);
  const answer = await withViewer(locals.viewer, (tx) => chainData(tx, question.value));
  if (!answer.ok)
    return problem(404, 'Not found', 'There is no open entry with this slug on this day.', answer.errors);
  return openData(answer.value);
}
