import { error, fail, redirect } from '@sveltejs/kit';
import { startCampaign, stopCampaign } from '#modules/initiatives/asking/commands/campaign.server.ts';
import { parseCampaign } from '#modules/initiatives/asking/input.ts';
import { outlooks } from '#modules/initiatives/asking/model.ts';
import { campaigns, candidatesFor, regionsOf } from '#modules/initiatives/asking/queries.server.ts';
import { isKey } from '#modules/initiatives/verifying/input.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const roles = ['verifier', 'editor', 'admin'];

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const done = url.searchParams.get('done');
  return withViewer(locals.viewer, async (tx) => ({
    regions: await regionsOf(tx, locals.viewer, locals.language, roles),
    campaigns: await campaigns(tx),
    done: done === 'started' || done === 'stopped' ? (done as 'started' | 'stopped') : null,
  }));
};

/** What was asked for and what would come of it; nulls where no region was chosen. */
async function looked(viewer: Viewer, form: FormData) {
  const wish = parseCampaign(form, false);
  if (!wish.ok) return { wish: null, outlook: null };
  const candidates = await withViewer(viewer, (tx) => candidatesFor(tx, wish.value));
  return { wish: wish.value, outlook: outlooks(candidates, today()) };
}

export const actions: Actions = {
  /** Nothing is written yet: what would happen is told first. */
  look: async ({ locals, request }) => {
    const form = await request.formData();
    const wish = parseCampaign(form, false);
    const seen = { name: '', ...(await looked(locals.viewer, form)) };
    return wish.ok ? { ...seen, problems: [] } : fail(400, { ...seen, problems: wish.problems });
  },
  start: async ({ locals, request, url }) => {
    const form = await request.formData();
    const wish = parseCampaign(form);
    const begun = wish.ok
      ? await withViewer(locals.viewer, (tx) => startCampaign(tx, wish.value, url.origin))
      : null;
    if (begun?.ok) redirect(303, `${url.pathname}?done=started`);
    const problems = wish.ok ? [] : wish.problems;
    return fail(begun ? 409 : 400, {
      name: String(form.get('name') ?? ''),
      problems: begun ? [{ field: 'region', reason: begun.reason }] : problems,
      ...(await looked(locals.viewer, form)),
    });
  },
  stop: async ({ locals, request, url }) => {
    const campaign = String((await request.formData()).get('campaign'));
    if (!isKey(campaign)) error(404, 'not found');
    const stopped = await withViewer(locals.viewer, (tx) => stopCampaign(tx, campaign));
    if (!stopped.ok) error(404, 'not found');
    redirect(303, `${url.pathname}?done=stopped`);
  },
};
