import { recordAt } from '#modules/publications/records/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { absent, openData } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params }) => {
  const record = await withViewer(visitor, (tx) => recordAt(tx, params.record));
  return record ? openData([record.csl], 'application/vnd.citationstyles.csl+json') : absent();
};
