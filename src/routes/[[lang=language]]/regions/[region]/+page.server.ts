import { error } from '@sveltejs/kit';
import { parsePeriods } from '#modules/insights/input.ts';
import { regionPage } from '#modules/insights/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';

export async function load({ params, url, locals }) {
  const page = await withViewer(locals.viewer, (tx) =>
    regionPage(tx, params.region, parsePeriods(url.searchParams), locals.language),
  );
  return page ?? error(404, 'not found');
}
