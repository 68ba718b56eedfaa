import { error } from '@sveltejs/kit';
import { renderingsForTeller, tellingToRender } from '#modules/stories/renderings/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { PageServerLoad } from './$types';

const absent = () => error(404, 'not found');

export const load: PageServerLoad = ({ locals, params }) =>
  withViewer(locals.viewer, async (tx) => {
    const telling = isKey(params.telling) ? await tellingToRender(tx, params.telling) : null;
    if (!telling?.tells) absent();
    return { telling: telling ?? absent(), renderings: await renderingsForTeller(tx, params.telling) };
  });
