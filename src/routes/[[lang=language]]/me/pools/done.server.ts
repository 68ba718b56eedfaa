import { error, fail, redirect } from '@sveltejs/kit';
import { parseWhich } from '#modules/agendas/carrying/input.ts';
import { oneself, type Oneself } from '#modules/people/access.ts';
import type { PoolProblem } from '#modules/pools/input.ts';
import type { TypedExpert } from '#modules/pools/joining/input.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';

/** What was typed and could not be taken: hours of an invitation, or the words of a line. */
type Typed =
  | { readonly invitation: string; readonly given: string }
  | {
      readonly expert: string;
      readonly words: TypedExpert;
      readonly problems: readonly PoolProblem[];
    };
type Work = (
  tx: Tx,
  self: Oneself,
  form: FormData,
) => Promise<Result<null, 'not_there' | 'not_now' | 'expert_elsewhere'>> | { readonly typed: Typed };

export const which = parseWhich;

/** One of these words, or a page that is not there. */
export function oneOf<Word extends string>(form: FormData, name: string, words: readonly Word[]): Word {
  return words.find((each) => each === form.get(name)) ?? error(404, 'not found');
}

const told = ['saved', 'asked', 'gone'] as const;

/** What was just done, to be said once. */
export const shown = (url: URL) => told.find((each) => each === url.searchParams.get('done')) ?? null;

/** Does what a form asks on one's own lines, and leads back to the page; what could not be taken stays as it was typed. */
export async function done(
  { locals, request, url }: RequestEvent,
  work: Work,
  word: (typeof told)[number] = 'saved',
) {
  const self = oneself(locals.viewer) ?? error(404, 'not found');
  const form = await request.formData();
  const answer = await withViewer(locals.viewer, async (tx) => work(tx, self, form));
  if ('typed' in answer) return fail(400, { typed: answer.typed });
  if (!answer.ok) return fail(409, { refused: `pools.refused.${answer.reason}` as const });
  redirect(303, `${url.pathname}?done=${word}`);
}
