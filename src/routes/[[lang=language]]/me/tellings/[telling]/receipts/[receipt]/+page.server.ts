import { error } from '@sveltejs/kit';
import { receiptNamed } from '#modules/consent/receipts/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  receipt:
    (await withViewer(locals.viewer, (tx) => receiptNamed(tx, params.telling, params.receipt))) ??
    error(404, 'not found'),
});
