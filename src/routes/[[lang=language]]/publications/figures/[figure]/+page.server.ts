import { error } from '@sveltejs/kit';
import { figureSeen } from '#modules/publications/figures/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const figure = (await figureSeen(tx, locals.viewer, params.figure)) ?? error(404, 'not found');
    const { drawing: _drawing, ...told } = figure;
    return { figure: told, home: url.origin };
  });
