import { error, fail, redirect } from '@sveltejs/kit';
import { lookerOf } from '#modules/languages/words/access.ts';
import { declineProposal, openProposal } from '#modules/languages/words/proposing/commands.server.ts';
import { parseAnswer } from '#modules/languages/words/proposing/input.ts';
import { waitingProposals } from '#modules/languages/words/proposing/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['open', 'declined'] as const;
const looker = (viewer: Viewer) => lookerOf(viewer) ?? error(404, 'not found');

export const load: PageServerLoad = async ({ locals, url }) => {
  speakDesk(locals.language, url);
  const who = looker(locals.viewer);
  return {
    waiting: await withViewer(locals.viewer, (tx) => waitingProposals(tx, who)),
    done: dones.find((done) => done === url.searchParams.get('done')) ?? null,
  };
};

export const actions = {
  open: async ({ locals, request, url }) => {
    const who = looker(locals.viewer);
    const said = parseAnswer(await request.formData());
    if (said.proposal === null) error(404, 'not found');
    const { proposal, answer } = said;
    const opened = await withViewer(locals.viewer, (tx) => openProposal(tx, who, proposal, answer || null));
    if (!opened.ok) return fail(409, { proposal, answer, problem: 'gone' as const });
    redirect(303, `${url.pathname}?done=open`);
  },
  decline: async ({ locals, request, url }) => {
    const who = looker(locals.viewer);
    const said = parseAnswer(await request.formData());
    if (said.proposal === null) error(404, 'not found');
    const { proposal, answer } = said;
    if (answer === '') return fail(422, { proposal, answer, problem: 'answer' as const });
    const declined = await withViewer(locals.viewer, (tx) => declineProposal(tx, who, proposal, answer));
    if (!declined) return fail(409, { proposal, answer, problem: 'gone' as const });
    redirect(303, `${url.pathname}?done=declined`);
  },
} satisfies Actions;
