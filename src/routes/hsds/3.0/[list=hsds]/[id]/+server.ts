import { parseOne } from '#modules/initiatives/hsds/input.ts';
import { recordOf } from '#modules/initiatives/hsds/records/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { absent, openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, params: { list, id } }) => {
  const asked = parseOne(list, id, url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const record = await withViewer(visitor, (tx) => recordOf(tx, asked.value, url.origin));
  return record ? openData(record) : absent();
};
