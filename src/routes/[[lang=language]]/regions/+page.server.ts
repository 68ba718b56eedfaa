import { regionList } from '#modules/insights/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';

export const load = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({ provinces: await regionList(tx, locals.language) }));
