import { error } from '@sveltejs/kit';
import { asFile } from '#modules/consent/receipts/model.ts';
import { receiptNamed } from '#modules/consent/receipts/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { RequestHandler } from './$types';

/** A receipt as a file to keep. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const receipt = await withViewer(locals.viewer, (tx) => receiptNamed(tx, params.telling, params.receipt));
  if (!receipt) error(404, 'not found');
  const file = asFile(receipt, url.origin, `${url.origin}/${locals.language}/privacy`);
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="receipt.json"',
    },
  });
};
