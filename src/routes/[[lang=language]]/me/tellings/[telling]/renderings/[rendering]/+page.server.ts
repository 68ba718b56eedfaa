import { error, fail, redirect } from '@sveltejs/kit';
import { tellerOf } from '#modules/stories/access.ts';
import { checkAsTeller } from '#modules/stories/renderings/checking/commands.server.ts';
import { parseVerdict } from '#modules/stories/renderings/input.ts';
import { bothSides } from '#modules/stories/renderings/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

const absent = () => error(404, 'not found');

export const load: PageServerLoad = async ({ params, locals, url }) => {
  if (!isKey(params.telling) || !isKey(params.rendering)) absent();
  const both = await withViewer(locals.viewer, (tx) => bothSides(tx, params.telling, params.rendering));
  if (!both?.telling.tells) absent();
  return { ...(both ?? absent()), done: url.searchParams.has('done') };
};

export const actions = {
  default: async ({ params, locals, request, url }) => {
    const teller = tellerOf(locals.viewer) ?? absent();
    if (!isKey(params.telling) || !isKey(params.rendering)) absent();
    const verdict = parseVerdict(await request.formData());
    if (!verdict) return fail(400, { problem: 'renderings.check.problem.neither' as const });
    const checked = await withViewer(locals.viewer, (tx) => checkAsTeller(tx, teller, params, verdict));
    if (!checked.ok && checked.reason === 'rendering_unknown') absent();
    if (!checked.ok) return fail(400, { problem: `renderings.problem.${checked.reason}` as const });
    redirect(303, `${url.pathname}?done`);
  },
} satisfies Actions;
