import { error, fail, redirect } from '@sveltejs/kit';
import { editorOf } from '#modules/stories/access.ts';
import { noteEditorsLook, propose, withdrawProposal } from '#modules/stories/proposals/commands.server.ts';
import { parseProposal } from '#modules/stories/proposals/input.ts';
import { compared } from '#modules/stories/proposals/model.ts';
import { proposalsOn, tellingToEdit } from '#modules/stories/proposals/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const absent = () => error(404, 'not found');
const editorHere = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) =>
  (isKey(params.telling) && editorOf(locals.viewer)) || absent();

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  speakDesk(locals.language, url);
  const editor = editorHere(event);
  return withViewer(locals.viewer, async (tx) => {
    const { doc, ...telling } = (await tellingToEdit(tx, params.telling)) ?? absent();
    await noteEditorsLook(tx, editor, telling.id);
    const proposals = await proposalsOn(tx, telling.id);
    return { telling, blocks: compared(doc, doc), proposals, done: url.searchParams.has('done') };
  });
};

export const actions = {
  propose: async (event) => {
    const editor = editorHere(event);
    const typed = parseProposal(await event.request.formData());
    const brought = await withViewer(event.locals.viewer, (tx) =>
      propose(tx, editor, event.params.telling, typed),
    );
    if (brought.ok) redirect(303, `${event.url.pathname}?done`);
    if (brought.reason === 'proposal_unknown') absent();
    const problem = `renderings.desk.edit.problem.${brought.reason}` as const;
    return fail(400, {
      reason: brought.reason,
      problem,
      why: typed.why,
      words: Object.fromEntries(typed.words),
    });
  },
  withdraw: async (event) => {
    const editor = editorHere(event);
    const proposal = String((await event.request.formData()).get('proposal'));
    if (isKey(proposal))
      await withViewer(event.locals.viewer, (tx) => withdrawProposal(tx, editor, proposal));
    redirect(303, event.url.pathname);
  },
} satisfies Actions;
