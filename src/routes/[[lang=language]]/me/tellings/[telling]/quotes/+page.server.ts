import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/stories/access.ts';
import { isMine } from '#modules/stories/proposals/queries.server.ts';
import { answerQuote } from '#modules/stories/quotes/commands.server.ts';
import { parseAnswer } from '#modules/stories/quotes/input.ts';
import { quotesOfMine } from '#modules/stories/quotes/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const absent = () => error(404, 'not found');

export const load: PageServerLoad = ({ params, locals, url }) =>
  withViewer(locals.viewer, async (tx) => {
    if (!isKey(params.telling) || !(await isMine(tx, params.telling))) absent();
    const quotes = await quotesOfMine(tx, params.telling);
    return { telling: params.telling, quotes, done: url.searchParams.has('done') };
  });

const answer = async ({ params, locals, request, url }: RequestEvent, here: boolean) => {
  const teller = tellerOf(locals.viewer) ?? absent();
  const typed = parseAnswer(await request.formData());
  if (!isKey(params.telling) || !isKey(typed.quote)) absent();
  const which = { telling: params.telling, quote: typed.quote };
  const answered = await withViewer(locals.viewer, (tx) =>
    answerQuote(tx, teller, which, here ? typed.words : null),
  );
  if (answered.ok) redirect(303, `${url.pathname}?done`);
  if (answered.reason === 'quote_unknown') absent();
  return fail(400, { quote: typed.quote, problem: `renderings.quotes.problem.${answered.reason}` as const });
};

export const actions = {
  here: (event) => answer(event, true),
  go: (event) => answer(event, false),
} satisfies Actions;
