import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/stories/access.ts';
import { decideProposal } from '#modules/stories/proposals/commands.server.ts';
import { proposalToDecide } from '#modules/stories/proposals/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const absent = () => error(404, 'not found');

export const load: PageServerLoad = async ({ params, locals }) => {
  if (!isKey(params.telling) || !isKey(params.proposal)) absent();
  const found = await withViewer(locals.viewer, (tx) =>
    proposalToDecide(tx, params.telling, params.proposal),
  );
  const { doc: _tree, ...proposal } = found ?? absent();
  return { telling: params.telling, proposal };
};

const decide = async ({ params, locals, request, url }: RequestEvent, yes: boolean) => {
  const teller = tellerOf(locals.viewer) ?? absent();
  if (!isKey(params.telling) || !isKey(params.proposal)) absent();
  const replaceDraft = (await request.formData()).get('replace') === 'yes';
  const decided = await withViewer(locals.viewer, (tx) =>
    decideProposal(tx, teller, params, { yes, replaceDraft }),
  );
  // A yes is only the beginning: the teller sees it as it will appear, and is asked anew.
  if (decided.ok) redirect(303, yes ? `/${locals.language}/tell/${params.telling}/see` : url.pathname);
  if (decided.reason === 'proposal_unknown') absent();
  return fail(400, { problem: `renderings.proposals.problem.${decided.reason}` as const });
};

export const actions = {
  yes: (event) => decide(event, true),
  no: (event) => decide(event, false),
} satisfies Actions;
