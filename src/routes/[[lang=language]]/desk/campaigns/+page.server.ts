import { fail, redirect } from '@sveltejs/kit';
import { startCampaign, stopCampaign } from '#modules/initiatives/asking/commands/campaign.server.ts';
import { parseCampaign } from '#modules/initiatives/asking/input.ts';
import { outlooks } from '#modules/initiatives/asking/model.ts';
import { campaigns, candidatesFor, regionsOf } from '#modules/initiatives/asking/queries.server.ts';
import { isKey } from '#modules/initiatives/verifying/input.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { Actions, PageServerLoad } from './$types';

const roles = ['verifier', 'editor', 'admin'];

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const looked = url.searchParams.has('region') ? parseCampaign(url.searchParams, false) : null;
  const done = url.searchParams.get('done');
  return withViewer(locals.viewer, async (tx) => ({
    regions: await regionsOf(tx, locals.viewer, locals.language, roles),
    wish: looked?.ok ? looked.value : null,
    outlook: looked?.ok ? outlooks(await candidatesFor(tx, looked.value), today()) : null,
    campaigns: await campaigns(tx),
    done: done === 'started' || done === 'stopped' ? (done as 'started' | 'stopped') : null,
  }));
};

export const actions: Actions = {
  start: async ({ locals, request, url }) => {
    const form = await request.formData();
    const typed = { name: String(form.get('name') ?? '') };
    const wish = parseCampaign(form);
    if (!wish.ok) return fail(400, { typed, problems: wish.problems });
    const begun = await withViewer(locals.viewer, (tx) => startCampaign(tx, wish.value, url.origin));
    if (!begun.ok) return fail(409, { typed, problems: [{ field: 'region', reason: begun.reason }] });
    redirect(303, `${url.pathname}?done=started`);
  },
  stop: async ({ locals, request, url }) => {
    const campaign = String((await request.formData()).get('campaign'));
    if (!isKey(campaign)) return fail(400, { typed: { name: '' }, problems: [] });
    const stopped = await withViewer(locals.viewer, (tx) => stopCampaign(tx, campaign));
    if (!stopped.ok)
      return fail(409, { typed: { name: '' }, problems: [{ field: 'region', reason: stopped.reason }] });
    redirect(303, `${url.pathname}?done=stopped`);
  },
};
